namespace AnomalyKit.Tests.Tables;

/// <summary>Damages files in the ways that files are damaged, and in those that somebody would choose.</summary>
internal static class Mutations
{
    /// <summary>A damaged copy.</summary>
    /// <param name="file">A valid file.</param>
    /// <param name="seed">Decides how.</param>
    public static byte[] Apply(byte[] file, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = (byte[])file.Clone();
        int at = random.Next(bytes.Length);
        int run = Math.Min(random.Next(1, 9), bytes.Length - at);
        switch (random.Next(8))
        {
            case 0:
                return bytes[..at];
            case 1:
                for (int i = random.Next(1, 5); i > 0; i--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                for (int i = random.Next(1, 5); i > 0; i--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                break;
            case 3:
                // Lengths and counts become huge, or negative.
                bytes.AsSpan(at, run).Fill(0xff);
                break;
            case 4:
                bytes.AsSpan(at, run).Clear();
                break;
            case 5:
                bytes[at] = random.Next(2) == 0 ? (byte)0x7f : (byte)0x80;
                break;
            case 6:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + run)..]];
            default:
                return [.. bytes[..at], .. bytes.AsSpan(random.Next(bytes.Length - run), run).ToArray(), .. bytes[at..]];
        }

        return bytes;
    }
}
