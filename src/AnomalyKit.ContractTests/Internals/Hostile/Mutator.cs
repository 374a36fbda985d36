using System.Buffers.Binary;
using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Hostile;

/// <summary>Spoils model files, the same way for the same seed.</summary>
internal static partial class Mutator
{
    /// <summary>Of the lies about a value one in so many is told, another of them about the next value, unless the long tests are asked for.</summary>
    private const int LiesApart = 3;

    /// <summary>Whether the environment asks for the long tests: ANOMALYKIT_LONG_TESTS=1.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("ANOMALYKIT_LONG_TESTS") == "1";

    /// <summary>Numbers at the ends of what a file may hold, and beyond them.</summary>
    private static IReadOnlyList<string> Numbers { get; } =
    [
        "0", "1", "-1", "2", "3", "7", "8", "255", "256", "4095", "4096", "4097", "65536", "1000000", "16777215", "16777216", "16777217", "2147483591",
        "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "99999999999999999999999999", "0.5", "1.0", "1e9", "1e400", "-0", "1e-400",
    ];

    /// <summary>Texts that are neither a number nor a list of names, or that name something else.</summary>
    private static IReadOnlyList<string> Texts { get; } =
    [
        string.Empty, " ", "NaN", "Infinity", "-Infinity", "∞", "1e999", "-1", "+1", " 1", "1 ", "0x10", "1,000", "٣", "[]", "{}", "null", "[\"a\"]", "[\"a\",\"a\"]",
        "[\"\"]", "[null]", "[1]", "[[\"a\"]]", "\"a\"", "[\"\\ud800\"]", "a\0b", "isolation-forest", "column-scaling", "identity", "../../etc/passwd", "2", "16777216",
        "2147483647",
    ];

    /// <summary>What to write in place of the value with this number: all numbers and texts, or one in <see cref="LiesApart"/>.</summary>
    public static IEnumerable<string> LiesAbout(int value)
    {
        int step = IsLong ? 1 : LiesApart;
        return Numbers.Concat(Texts).Where((_, lie) => lie % step == value % step);
    }

    public static byte[] Apply(Mutation mutation, byte[] file, ulong seed)
    {
        var random = new CounterRandom(seed, (ulong)mutation);
        return mutation switch
        {
            Mutation.FlipBits => FlipBits(file, ref random, 0),
            Mutation.Cut => Cut(file, ref random),
            Mutation.Insert => Insert(file, ref random),
            Mutation.Repeat => Repeat(file, ref random),
            Mutation.Overwrite => Overwrite(file, ref random),
            Mutation.LieAboutTheHeaderLength => LieAboutTheHeaderLength(file, ref random),
            Mutation.ReplaceNumber => ReplaceNumber(file, ref random),
            Mutation.ReplaceEqualNumbers => ReplaceEqualNumbers(file, ref random),
            Mutation.SwapNumbers => SwapNumbers(file, ref random),
            Mutation.SwapOffsets => SwapOffsets(file, ref random),
            Mutation.EditMembers => EditMembers(file, ref random),
            Mutation.ReplaceText => ReplaceText(file, ref random),
            Mutation.ReplaceTypeOrShape => ReplaceTypeOrShape(file, ref random),
            Mutation.SpoilJson => SpoilJson(file, ref random),
            Mutation.FlipArrayBitsAndSeal => FlipArrayBitsAndSeal(file, ref random),
            Mutation.ReplaceElementsAndSeal => ReplaceElementsAndSeal(file, ref random),
            Mutation.MoveElementsAndSeal => MoveElementsAndSeal(file, ref random),
            Mutation.ResizeAndSeal => ResizeAndSeal(file, ref random, alsoNumbers: false),
            _ => ResizeAndSeal(file, ref random, alsoNumbers: true),
        };
    }

    private static byte[] FlipBits(byte[] file, ref CounterRandom random, int from)
    {
        byte[] mutant = [.. file];
        for (int flips = 1 + random.NextInt32(8); flips > 0 && mutant.Length > from; flips--)
            mutant[from + random.NextInt32(mutant.Length - from)] ^= (byte)(1 << random.NextInt32(8));
        return mutant;
    }

    private static byte[] Cut(byte[] file, ref CounterRandom random)
    {
        int begin = random.NextInt32(file.Length);
        int end = begin + 1 + random.NextInt32(file.Length - begin);
        return random.NextInt32(3) switch
        {
            0 => file[..begin],
            1 => file[end..],
            _ => [.. file[..begin], .. file[end..]],
        };
    }

    private static byte[] Insert(byte[] file, ref CounterRandom random)
    {
        int at = random.NextInt32(file.Length + 1);
        var inserted = new byte[1 + random.NextInt32(40)];
        for (int i = 0; i < inserted.Length; i++)
            inserted[i] = (byte)random.NextUInt32();
        return [.. file[..at], .. inserted, .. file[at..]];
    }

    private static byte[] Repeat(byte[] file, ref CounterRandom random)
    {
        int begin = random.NextInt32(file.Length);
        int end = begin + 1 + random.NextInt32(Math.Min(500, file.Length - begin));
        return [.. file[..end], .. file[begin..]];
    }

    private static byte[] Overwrite(byte[] file, ref CounterRandom random)
    {
        byte[] mutant = [.. file];
        int begin = random.NextInt32(file.Length);
        var range = mutant.AsSpan(begin, 1 + random.NextInt32(Math.Min(64, file.Length - begin)));
        switch (random.NextInt32(3))
        {
            case 0:
                range.Clear();
                break;
            case 1:
                range.Fill(0xFF);
                break;
            default:
                file.AsSpan(random.NextInt32(file.Length - range.Length + 1), range.Length).CopyTo(range);
                break;
        }

        return mutant;
    }

    private static byte[] LieAboutTheHeaderLength(byte[] file, ref CounterRandom random)
    {
        byte[] mutant = [.. file];
        long right = BinaryPrimitives.ReadInt64LittleEndian(file);
        long[] lies = [0, 1, 2, right - 1, right + 1, right - 8, right + 8, file.Length - 8, file.Length - 7, file.Length, int.MaxValue, long.MaxValue, -1, long.MinValue,
            64 << 20, random.NextInt32(file.Length), random.NextInt32(int.MaxValue)];
        BinaryPrimitives.WriteInt64LittleEndian(mutant, lies[random.NextInt32(lies.Length)]);
        return mutant;
    }
}
