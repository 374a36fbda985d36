using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AnomalyKit.Tests.Csv;

/// <summary>How much hostile input the tests make.</summary>
internal static class Hostility
{
    /// <summary>Whether the environment asks for the long tests.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("ANOMALYKIT_LONG_TESTS") == "1";

    public static int Mutations(int usual) => IsLong ? usual * 50 : usual;
}

public class CsvHostilityTests
{
    private static readonly byte[] Valid = MakeValid();
    private static readonly byte[] Special = "\r\n,;\t\0-.eE+ #\u007f"u8.ToArray();

    [Fact]
    public void A_mutated_file_is_read_or_refused()
    {
        for (int seed = 0; seed < Hostility.Mutations(3000); seed++)
            ReadOrRefuse(Mutate(Valid, new Random(seed)), seed);
    }

    [Fact]
    public void A_mutated_gzip_file_is_read_or_refused()
    {
        byte[] packed = CsvText.Gzip(Valid);
        for (int seed = 0; seed < Hostility.Mutations(3000); seed++)
            ReadOrRefuse(Mutate(packed, new Random(seed)), seed);
    }

    [Fact]
    public void A_mutated_file_inside_sound_gzip_is_read_or_refused()
    {
        for (int seed = 0; seed < Hostility.Mutations(1000); seed++)
            ReadOrRefuse(CsvText.Gzip(Mutate(Valid, new Random(seed))), seed);
    }

    [Fact]
    public void Short_texts_of_special_characters_are_read_or_refused()
    {
        const string Alphabet = "1,\"\n\r.a;";
        var random = new Random(5);
        for (int seed = 0; seed < Hostility.Mutations(8000); seed++)
        {
            var text = new byte[random.Next(1, 40)];
            for (int i = 0; i < text.Length; i++)
                text[i] = (byte)Alphabet[random.Next(Alphabet.Length)];
            ReadOrRefuse(text, seed);
        }
    }

    /// <summary>What is read does not depend on how the bytes arrive.</summary>
    [Fact]
    public void Arrival_in_pieces_changes_nothing()
    {
        for (int seed = 0; seed < Hostility.Mutations(500); seed++)
        {
            byte[] text = Mutate(Valid, new Random(seed));
            Assert.Equal(Outcome(new MemoryStream(text)), Outcome(new TrickleStream(text, 1 + (seed % 5))));
        }
    }

    private static string Outcome(Stream stream)
    {
        try
        {
            return string.Join(' ', CsvText.Cells(FeatureMatrix.LoadCsv(stream, "Class", options: new CsvOptions { Report = _ => { } })));
        }
        catch (CsvFormatException e)
        {
            return e.Message;
        }
    }

    private static void ReadOrRefuse(byte[] content, int seed)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            using var stream = new MemoryStream(content);
            var options = seed % 3 == 0 ? new CsvOptions { HasHeader = false, Report = _ => { } } : null;
            var matrix = FeatureMatrix.LoadCsv(stream, seed % 2 == 0 ? "Class" : null, options: options);
            for (int row = 0; row < matrix.RowCount; row++)
            {
                foreach (float cell in matrix.Cells(row))
                    Assert.True(float.IsFinite(cell), $"Seed {seed}: row {row} holds {cell}.");
            }
        }
        catch (CsvFormatException e)
        {
            Assert.True(e.Line is null or > 0, $"Seed {seed}: line {e.Line}.");
            Assert.True(e.Line is null || e.Line <= content.Length + 1L || content[0] == 0x1F, $"Seed {seed}: line {e.Line}.");
            Assert.DoesNotContain(e.Message, char.IsControl);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"Seed {seed}: {e}");
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < Patience.Long, $"Seed {seed} took {Stopwatch.GetElapsedTime(start)}.");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        int changes = random.Next(1, 6);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes.Insert(at, (byte)'"');
                    break;
                case 6:
                    bytes.Insert(at, Special[random.Next(Special.Length)]);
                    break;
                default:
                    var noise = new byte[random.Next(1, 30)];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] MakeValid()
    {
        var random = new Random(3);
        var text = new StringBuilder("\"Time\",\"V1\",\"V 2\",V3,\"Class\"\n");
        for (int i = 0; i < 40; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{1_700_000_000 + i},{random.NextDouble() - 0.5:R},\"{random.Next(100)}\",");
            text.Append(CultureInfo.InvariantCulture, $"{random.Next(1000) / 8.0}e{random.Next(-5, 5)},\"{random.Next(2)}\"");
            text.Append(i % 7 == 0 ? "\r\n" : "\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
