using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Hostile;

/// <summary>Changes in the header: numbers, texts, members, and JSON that is none.</summary>
internal static partial class Mutator
{
    // Not within words, so that neither the checksum nor names are hit.
    [GeneratedRegex("(?<![0-9A-Za-z])-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?(?![0-9A-Za-z])")]
    private static partial Regex Number();

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
            ? (long.Parse(old, CultureInfo.InvariantCulture) + random.NextInt32(5) - 2).ToString(CultureInfo.InvariantCulture)
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
}
