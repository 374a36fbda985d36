using AnomalyKit.Persistence;

namespace AnomalyKit.Profiles;

/// <summary>How sketches lie in a model file: side by side, with those in float32 whose values all fit it.</summary>
internal static class SketchFormat
{
    private const string Singles = "singles";
    private const string Doubles = "doubles";

    public static void Write(ModelWriter writer, QuantileSketch[] sketches)
    {
        SketchParts[] parts = Array.ConvertAll(sketches, sketch => sketch.Parts());
        int levels = parts.Length == 0 ? 0 : parts.Max(part => part.Sizes.Length);
        var sizes = new int[parts.Length * levels];
        for (int i = 0; i < parts.Length; i++)
            parts[i].Sizes.CopyTo(sizes, i * levels);
        bool[] areSingle = Array.ConvertAll(parts, part => Array.TrueForAll(part.Values, value => value == (float)value));
        writer.Add<int>("levels", sizes, parts.Length, levels);
        writer.Add<int>("kept", Array.ConvertAll(parts, part => part.Values.Length));
        writer.Add<byte>("single", Array.ConvertAll(areSingle, isSingle => isSingle ? (byte)1 : (byte)0));
        writer.Add<long>("settings", parts.SelectMany(part => new[] { part.Capacity, unchecked((long)part.Seed), part.Thinnings }).ToArray(), parts.Length, 3);
        writer.Add<double>("state", parts.SelectMany(State).ToArray(), parts.Length, 4);
        writer.Add<float>(Singles, parts.Where((_, i) => areSingle[i]).SelectMany(part => part.Values).Select(value => (float)value).ToArray());
        writer.Add<double>(Doubles, parts.Where((_, i) => !areSingle[i]).SelectMany(part => part.Values).ToArray());
    }

    public static QuantileSketch[] Read(ModelReader reader, int count)
    {
        int[] sizes = reader.GetInt32s("levels", 0, int.MaxValue, count, -1);
        int levels = count == 0 ? 0 : sizes.Length / count;
        int[] kept = reader.GetInt32s("kept", 0, int.MaxValue, count);
        byte[] single = reader.GetBytes("single", count);
        long[] settings = reader.GetInt64s("settings", count, 3);
        double[] state = reader.GetDoubles("state", count, 4);
        float[] singles = reader.GetSingles(Singles, -1);
        double[] doubles = reader.GetDoubles(Doubles, -1);
        var sketches = new QuantileSketch[count];
        int atSingles = 0;
        int atDoubles = 0;
        for (int i = 0; i < count; i++)
        {
            double[] values = single[i] == 1
                ? Array.ConvertAll(Take(singles, ref atSingles, kept[i], i), value => (double)value)
                : Take(doubles, ref atDoubles, kept[i], i);
            int used = levels;
            while (used > 0 && sizes[(i * levels) + used - 1] == 0)
                used--;
            if (single[i] > 1 || settings[3 * i] is < 0 or > int.MaxValue)
                throw Wrong(i, "settings that make no sense");
            var parts = new SketchParts(
                (int)settings[3 * i], unchecked((ulong)settings[(3 * i) + 1]), settings[(3 * i) + 2],
                state[(4 * i) + 2], state[(4 * i) + 3], state[4 * i], state[(4 * i) + 1],
                sizes[(i * levels)..((i * levels) + used)], values);
            var (sketch, problem) = QuantileSketch.Of(parts);
            sketches[i] = sketch ?? throw Wrong(i, problem);
        }

        return atSingles == singles.Length && atDoubles == doubles.Length
            ? sketches
            : throw ModelReader.FormatError("the sketches of its profile leave values over");
    }

    private static double[] State(SketchParts part) =>
        part.Values.Length == 0 ? [0, 0, part.Variance, part.CertainError] : [part.Minimum, part.Maximum, part.Variance, part.CertainError];

    private static T[] Take<T>(T[] values, ref int at, int count, int sketch)
    {
        if (count > values.Length - at)
            throw Wrong(sketch, "more values than there are");
        at += count;
        return values[(at - count)..at];
    }

    private static ModelFormatException Wrong(int sketch, string problem) => ModelReader.FormatError($"sketch {sketch} of its profile has {problem}");
}
