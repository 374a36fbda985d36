using System.Globalization;
using AnomalyKit.Files;
using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.State;

/// <summary>Saved states: files of one kind each, with errors that say what to do.</summary>
internal static class MonitorState
{
    public const string KindKey = "anomalykit.monitor";

    /// <summary>The most that a counter may have reached: beyond, adding to it is not safe.</summary>
    public const long MaxCount = 1L << 60;

    /// <summary>An error about a saved state, to be thrown.</summary>
    /// <param name="problem">What is wrong, as part of a sentence.</param>
    /// <param name="inner">What it came from, if anything.</param>
    public static ModelFormatException Error(string problem, Exception? inner = null) =>
        new($"This saved state cannot be used: {problem}. It may be truncated or corrupt. Use an earlier copy, or start a new monitor.", inner);

    public static void Save(Stream destination, string kind, Action<ModelWriter> write)
    {
        var writer = new ModelWriter();
        writer.Set(KindKey, kind);
        write(writer);
        writer.Save(destination);
    }

    public static void Save(string path, Action<Stream> save)
    {
        using var file = new FileBeside(path);
        save(file.Stream);
        file.Place();
    }

    public static T Load<T>(Stream source, Func<string, ModelReader, T> read)
    {
        var reader = ModelReader.Open(source);
        if (!reader.TryGetString(KindKey, out string? kind))
            throw Error($"it has no '{KindKey}', so it holds something else, such as a detector");
        T read1 = read(kind, reader);
        reader.ThrowIfUnread();
        return read1;
    }

    public static T Load<T>(string path, Func<Stream, T> load)
    {
        using var stream = File.OpenRead(path);
        return load(stream);
    }

    public static long GetCount(ModelReader reader, string name)
    {
        ulong value = reader.GetUInt64(name);
        return value <= MaxCount ? (long)value : throw Error($"'{name}' is {value}; at most {MaxCount} makes sense");
    }

    public static bool GetBoolean(ModelReader reader, string name) => reader.GetInt32(name, 0, 1) == 1;

    public static double GetDouble(ModelReader reader, string name, double min, double max)
    {
        double value = reader.GetDouble(name);
        return value >= min && value <= max
            ? value
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}; a number from {min} to {max} was expected"));
    }

    /// <summary>Numbers that may be infinite, bit for bit.</summary>
    public static void SetBits(ModelWriter writer, string name, ReadOnlySpan<double> values)
    {
        var bits = new long[values.Length];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.DoubleToInt64Bits(values[i]);
        writer.Add<long>(name, bits);
    }

    public static double[] GetBits(ModelReader reader, string name)
    {
        long[] bits = reader.GetInt64s(name, -1);
        return Array.ConvertAll(bits, BitConverter.Int64BitsToDouble);
    }
}
