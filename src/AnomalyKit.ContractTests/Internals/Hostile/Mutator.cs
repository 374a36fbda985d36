using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Hostile;

/// <summary>A way to spoil a model file.</summary>
internal enum Mutation
{
    FlipBits,
    Cut,
    Insert,
    Repeat,
    Overwrite,
    LieAboutTheHeaderLength,
    ReplaceNumber,
    ReplaceEqualNumbers,
    SwapNumbers,
    SwapOffsets,
    EditMembers,
    ReplaceText,
    ReplaceTypeOrShape,
    SpoilJson,
    FlipArrayBitsAndSeal,
    ReplaceElementsAndSeal,
    MoveElementsAndSeal,
    ResizeAndSeal,
    ReplaceNumbersResizeAndSeal,
}

/// <summary>Spoils model files, the same way for the same seed.</summary>
internal static partial class Mutator
{
    /// <summary>Numbers at the ends of what a file may hold, and beyond them.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
    [
        "0", "1", "-1", "2", "3", "7", "8", "255", "256", "4095", "4096", "4097", "65536", "1000000", "16777215", "16777216", "16777217", "2147483591",
        "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "99999999999999999999999999", "0.5", "1.0", "1e9", "1e400", "-0", "1e-400",
    ];

    /// <summary>Texts that are no number, no list of names, or a name of something else.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        string.Empty, " ", "NaN", "Infinity", "-Infinity", "∞", "1e999", "-1", "+1", " 1", "1 ", "0x10", "1,000", "٣", "[]", "{}", "null", "[\"a\"]", "[\"a\",\"a\"]",
        "[\"\"]", "[null]", "[1]", "[[\"a\"]]", "\"a\"", "[\"\\ud800\"]", "a\0b", "isolation-forest", "column-scaling", "identity", "../../etc/passwd", "2", "16777216",
        "2147483647",
    ];

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

    // Not within words, so that neither the checksum nor names are hit.
    [GeneratedRegex("(?<![0-9A-Za-z])-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?(?![0-9A-Za-z])")]
    private static partial Regex Number();

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

    private static byte[] ReplaceNumber(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        var found = Number().Matches(parts.HeaderText);
        var token = found[random.NextInt32(found.Count)];
        string header = string.Concat(parts.HeaderText.AsSpan(0, token.Index), NewNumber(token.Value, ref random), parts.HeaderText.AsSpan(token.Index + token.Length));
        return FileParts.Compose(header, parts.Data);
    }

    private static byte[] ReplaceEqualNumbers(byte[] file, ref CounterRandom random)
    {
        // A lie that is told everywhere alike is harder to see than one that contradicts the rest.
        var parts = new FileParts(file);
        var found = Number().Matches(parts.HeaderText);
        string old = found[random.NextInt32(found.Count)].Value;
        string replacement = NewNumber(old, ref random);
        return FileParts.Compose(Number().Replace(parts.HeaderText, token => token.Value == old ? replacement : token.Value), parts.Data);
    }

    private static string NewNumber(string old, ref CounterRandom random)
    {
        bool near = random.NextInt32(3) == 0 && long.TryParse(old, out _);
        return near
            ? (long.Parse(old, System.Globalization.CultureInfo.InvariantCulture) + random.NextInt32(5) - 2).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : Numbers[random.NextInt32(Numbers.Count)];
    }

    private static byte[] SwapNumbers(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        var found = Number().Matches(parts.HeaderText);
        int a = random.NextInt32(found.Count);
        int b = random.NextInt32(found.Count);
        int index = 0;
        string header = Number().Replace(parts.HeaderText, token =>
        {
            int i = index++;
            return i == a ? found[b].Value : i == b ? found[a].Value : token.Value;
        });
        return FileParts.Compose(header, parts.Data);
    }

    private static byte[] SwapOffsets(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        var arrays = parts.Arrays.ToArray();
        var a = arrays[random.NextInt32(arrays.Length)].Value;
        var b = arrays[random.NextInt32(arrays.Length)].Value;
        string[] names = random.NextInt32(2) == 0 ? ["data_offsets"] : ["data_offsets", "shape"];
        foreach (string name in names)
        {
            var (left, right) = (a[name]!.DeepClone(), b[name]!.DeepClone());
            (a[name], b[name]) = (right, left);
        }

        return parts.Seal(parts.Data);
    }

    private static byte[] EditMembers(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        JsonObject[] all = [parts.Header, parts.Values, .. parts.Arrays.Select(entry => entry.Value)];
        var target = all[random.NextInt32(all.Length)];
        var chosen = target.ElementAt(random.NextInt32(target.Count));
        switch (random.NextInt32(6))
        {
            case 0:
                target.Remove(chosen.Key);
                break;
            case 1:
                target.Remove(chosen.Key);
                target[chosen.Key + "x"] = chosen.Value?.DeepClone();
                break;
            case 2:
                target["more"] = chosen.Value?.DeepClone();
                break;
            case 3:
                target[chosen.Key] = null;
                break;
            case 4:
                target[chosen.Key] = new JsonArray(1, "a", new JsonObject());
                break;
            default:
                // The same member twice, which no JSON writer will write: by text.
                string header = parts.HeaderText;
                int comma = header.IndexOf(',', random.NextInt32(header.Length));
                int before = comma < 0 ? -1 : header.LastIndexOfAny(['{', ','], comma - 1);
                return before < 0
                    ? FileParts.Compose("{}", parts.Data)
                    : FileParts.Compose(header.Insert(comma, string.Concat(",", header.AsSpan(before + 1, comma - before - 1))), parts.Data);
        }

        return FileParts.Compose(parts.Header.ToJsonString(), parts.Data);
    }

    private static byte[] ReplaceText(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        string name = parts.Values.ElementAt(random.NextInt32(parts.Values.Count)).Key;
        parts.Values[name] = random.NextInt32(10) switch
        {
            0 => new string('9', 100_000),
            1 => "[" + string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"{i}\"")) + "]",
            2 => new string('[', 1000),
            _ => Texts[random.NextInt32(Texts.Count)],
        };
        string header = parts.Header.ToJsonString();

        // Half a surrogate pair, as no JSON writer writes it.
        return FileParts.Compose(random.NextInt32(8) == 0 ? header.Replace("isolation", "\\ud800", StringComparison.Ordinal) : header, parts.Data);
    }

    private static byte[] ReplaceTypeOrShape(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        var arrays = parts.Arrays.ToArray();
        var array = arrays[random.NextInt32(arrays.Length)].Value;
        long length = array["shape"]!.AsArray().Aggregate(1L, (product, dimension) => product * (long)dimension!);
        switch (random.NextInt32(3))
        {
            case 0:
                string[] types = ["F32", "F64", "I32", "I64", "U8", "F16", "BF16", "f32", "BOOL", string.Empty];
                array["dtype"] = types[random.NextInt32(types.Length)];
                break;
            case 1:
                JsonArray[] shapes = [[], [length, 1], [1, length], [length, 0], [0, long.MaxValue], [long.MaxValue, long.MaxValue, 4], [-1, -length], [length + 1], [length - 1],
                    [4294967296, 4294967296], [1e300], ["1"], [new JsonArray()], [.. Enumerable.Repeat((JsonNode?)null, 3)]];
                array["shape"] = shapes[random.NextInt32(shapes.Length)];
                break;
            default:
                long begin = (long)array["data_offsets"]![0]!;
                long end = (long)array["data_offsets"]![1]!;
                JsonArray[] offsets = [[end, begin], [begin, begin], [end, end], [begin + 1, end + 1], [begin], [begin, end, end], [-4, end], [begin, long.MaxValue],
                    [long.MaxValue - 4, long.MaxValue], [0, parts.Data.Length], []];
                array["data_offsets"] = offsets[random.NextInt32(offsets.Length)];
                break;
        }

        return FileParts.Compose(parts.Header.ToJsonString(), parts.Data);
    }

    private static byte[] SpoilJson(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        string header = parts.HeaderText;
        int at = random.NextInt32(header.Length);
        const string Marks = "{}[]\",:\\0-eE.tfn \t\n\u0001é";
        return FileParts.Compose(
            random.NextInt32(7) switch
            {
                0 => header.Remove(at, 1),
                1 => header.Insert(at, Marks[random.NextInt32(Marks.Length)].ToString()),
                2 => string.Concat(header.AsSpan(0, at), Marks.AsSpan(random.NextInt32(Marks.Length), 1), header.AsSpan(at + 1)),
                3 => new string('[', 100_000),
                4 => string.Concat(Enumerable.Repeat("{\"a\":", 50_000)),
                5 => header.Replace("{", "{/* */", StringComparison.Ordinal),
                _ => "\uFEFF" + header,
            },
            parts.Data);
    }

    private static byte[] FlipArrayBitsAndSeal(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        return parts.Seal(FlipBits(parts.Data, ref random, 0));
    }

    private static byte[] ReplaceElementsAndSeal(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        byte[] data = [.. parts.Data];
        for (int count = 1 + random.NextInt32(3); count > 0; count--)
        {
            var element = Element(parts, data, ref random, out string type);
            if (!element.IsEmpty)
                Replace(element, type, ref random);
        }

        return parts.Seal(data);
    }

    private static byte[] MoveElementsAndSeal(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        byte[] data = [.. parts.Data];
        var arrays = parts.Arrays.ToArray();
        var array = arrays[random.NextInt32(arrays.Length)].Value;
        int size = FileParts.SizeOf(array);
        var cells = data.AsSpan((int)array["data_offsets"]![0]!, (int)array["data_offsets"]![1]! - (int)array["data_offsets"]![0]!);
        int count = cells.Length / size;
        if (count < 2)
            return parts.Seal(data);
        int a = random.NextInt32(count);
        int b = random.NextInt32(count);
        switch (random.NextInt32(3))
        {
            case 0:
                byte[] kept = cells.Slice(a * size, size).ToArray();
                cells.Slice(b * size, size).CopyTo(cells.Slice(a * size, size));
                kept.CopyTo(cells.Slice(b * size, size));
                break;
            case 1:
                cells.Slice(a * size, size).CopyTo(cells.Slice(b * size, size));
                break;
            default:
                // All elements of a run become the first one: many children at the same place, many trees at the same start.
                for (int i = Math.Min(a, b) + 1; i <= Math.Max(a, b); i++)
                    cells.Slice(Math.Min(a, b) * size, size).CopyTo(cells.Slice(i * size, size));
                break;
        }

        return parts.Seal(data);
    }

    private static byte[] ResizeAndSeal(byte[] file, ref CounterRandom random, bool alsoNumbers)
    {
        var parts = new FileParts(file);
        long[] dimensions = [.. parts.Arrays.SelectMany(entry => entry.Value["shape"]!.AsArray().Select(d => (long)d!)).Distinct()];
        long old = dimensions[random.NextInt32(dimensions.Length)];
        long now = Math.Max(0, random.NextInt32(4) switch { 0 => old - 1, 1 => old + 1, 2 => random.NextInt32(4), _ => old + random.NextInt32(100) });
        if (alsoNumbers)
        {
            foreach (string name in parts.Values.Select(value => value.Key).ToArray())
            {
                if ((string)parts.Values[name]! == old.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    parts.Values[name] = now.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return parts.SealResized((_, array, bytes) =>
        {
            var shape = array["shape"]!.AsArray();
            long[] dimensionsNow = [.. shape.Select(d => (long)d! == old ? now : (long)d!)];
            array["shape"] = new JsonArray([.. dimensionsNow.Select(d => (JsonNode)d)]);
            var resized = new byte[dimensionsNow.Aggregate(1L, (product, d) => product * d) * FileParts.SizeOf(array)];
            for (int i = 0; i < resized.Length; i++)
                resized[i] = i < bytes.Length ? bytes[i] : bytes.Length == 0 ? (byte)0 : bytes[i % bytes.Length];
            return resized;
        });
    }

    private static Span<byte> Element(FileParts parts, byte[] data, ref CounterRandom random, out string type)
    {
        var arrays = parts.Arrays.ToArray();
        var array = arrays[random.NextInt32(arrays.Length)].Value;
        type = (string)array["dtype"]!;
        int size = FileParts.SizeOf(array);
        int begin = (int)array["data_offsets"]![0]!;
        int count = ((int)array["data_offsets"]![1]! - begin) / size;
        return count == 0 ? [] : data.AsSpan(begin + (size * random.NextInt32(count)), size);
    }

    private static void Replace(Span<byte> element, string type, ref CounterRandom random)
    {
        switch (type)
        {
            case "F32":
                float[] singles = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, 1e-30f, 1e30f];
                BinaryPrimitives.WriteSingleLittleEndian(element, singles[random.NextInt32(singles.Length)]);
                break;
            case "F64":
                double[] doubles = [0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 1e-300, 1e300, 1e-39];
                BinaryPrimitives.WriteDoubleLittleEndian(element, doubles[random.NextInt32(doubles.Length)]);
                break;
            case "I32":
                int near = BinaryPrimitives.ReadInt32LittleEndian(element) + random.NextInt32(5) - 2;
                int[] integers = [near, near, near, 0, 1, -1, int.MaxValue, int.MinValue, 1 << 24, random.NextInt32(64)];
                BinaryPrimitives.WriteInt32LittleEndian(element, integers[random.NextInt32(integers.Length)]);
                break;
            case "I64":
                long[] longs = [0, 1, -1, long.MaxValue, long.MinValue, int.MaxValue, BinaryPrimitives.ReadInt64LittleEndian(element) + 1];
                BinaryPrimitives.WriteInt64LittleEndian(element, longs[random.NextInt32(longs.Length)]);
                break;
            default:
                element[0] = (byte)random.NextUInt32();
                break;
        }
    }
}
