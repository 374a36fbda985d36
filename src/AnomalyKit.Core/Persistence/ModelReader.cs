using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AnomalyKit.Persistence;

/// <summary>Hands out the arrays and values of a model file, or of a part of it, with every shape and range checked.</summary>
/// <remarks>What nobody asked for is refused in the end: a file is either understood as a whole or not at all.</remarks>
public sealed class ModelReader
{
    private readonly ModelContents _contents;
    private readonly string _prefix;

    internal ModelReader(ModelContents contents, string prefix = "")
    {
        _contents = contents;
        _prefix = prefix;
    }

    /// <summary>Reads a file that holds no detector, such as the saved state of a monitor: checks its format, its lengths and its checksum.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>A reader of the whole file. Call <see cref="ThrowIfUnread"/> when everything was asked for.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, or of a newer format.</exception>
    public static ModelReader Open(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ModelReader(ModelContents.Read(source));
    }

    /// <summary>Refuses a file that holds something that was not asked for.</summary>
    /// <exception cref="ModelFormatException">It does: it comes from a newer version, or is corrupt.</exception>
    public void ThrowIfUnread() => _contents.ThrowIfUntaken();

    /// <summary>A part of the file with names of its own.</summary>
    /// <param name="name">The part's name.</param>
    /// <returns>A reader of the same file that prefixes every name.</returns>
    public ModelReader Scope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new ModelReader(_contents, $"{_prefix}{name}/");
    }

    /// <summary>Reads a text value.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ModelFormatException">There is none.</exception>
    public string GetString(string name) => TryGetString(name, out string? value)
        ? value
        : throw FormatError($"the value '{_prefix}{name}' is missing");

    /// <summary>Reads a text value that need not be there.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The text.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetString(string name, [NotNullWhen(true)] out string? value) => _contents.TryTakeValue(_prefix + name, out value);

    /// <summary>Whether the file has anything in a part that was not read yet.</summary>
    internal bool HasPart(string name) => _contents.HasUntaken($"{_prefix}{name}/");

    /// <summary>Reads a whole number.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="minimum">The least that makes sense.</param>
    /// <param name="maximum">The most that makes sense.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">There is none, or it is out of range.</exception>
    public int GetInt32(string name, int minimum, int maximum)
    {
        string text = GetString(name);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) || value < minimum || value > maximum)
            throw FormatError($"'{_prefix}{name}' is '{text}'; a whole number from {minimum} to {maximum} was expected");
        return value;
    }

    /// <summary>Reads a 64-bit unsigned number, for instance a seed.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">There is none, or it is no such number.</exception>
    public ulong GetUInt64(string name)
    {
        string text = GetString(name);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw FormatError($"'{_prefix}{name}' is '{text}'; a whole number from 0 to 2^64 - 1 was expected");
    }

    /// <summary>Reads a number, NaN excluded.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <returns>The number, possibly infinite.</returns>
    /// <exception cref="ModelFormatException">There is none, or it is not a number.</exception>
    public double GetDouble(string name)
    {
        string text = GetString(name);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value)
            ? value
            : throw FormatError($"'{_prefix}{name}' is '{text}'; a number was expected");
    }

    /// <summary>Whether the file holds an array of this name.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <returns>Whether it does.</returns>
    public bool HasArray(string name) => _contents.HasTensor(_prefix + name);

    /// <summary>Takes an array of float32. Finite values only.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="shape">Its dimensions; −1 for any.</param>
    /// <returns>The elements, row-major; the caller owns them.</returns>
    /// <exception cref="ModelFormatException">There is none, it has another shape or type, or an element is not finite.</exception>
    public float[] GetSingles(string name, params ReadOnlySpan<int> shape)
    {
        float[] values = Take<float>(name, shape);
        int position = Numerics.FiniteCheck.IndexOfNonFinite(values);
        if (position >= 0)
            throw FormatError($"element {position} of '{_prefix}{name}' is {values[position].ToString(CultureInfo.InvariantCulture)}; finite numbers were expected");
        return values;
    }

    /// <summary>Takes an array of float64. Finite values only.</summary>
    /// <inheritdoc cref="GetSingles"/>
    public double[] GetDoubles(string name, params ReadOnlySpan<int> shape)
    {
        double[] values = Take<double>(name, shape);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw FormatError($"element {i} of '{_prefix}{name}' is {values[i].ToString(CultureInfo.InvariantCulture)}; finite numbers were expected");
        }

        return values;
    }

    /// <summary>Takes an array of 32-bit integers.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="minimum">The least that an element may be.</param>
    /// <param name="maximum">The most that an element may be.</param>
    /// <param name="shape">Its dimensions; −1 for any.</param>
    /// <returns>The elements, row-major; the caller owns them.</returns>
    /// <exception cref="ModelFormatException">There is none, it has another shape or type, or an element is out of range.</exception>
    public int[] GetInt32s(string name, int minimum, int maximum, params ReadOnlySpan<int> shape)
    {
        int[] values = Take<int>(name, shape);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < minimum || values[i] > maximum)
                throw FormatError($"element {i} of '{_prefix}{name}' is {values[i]}; numbers from {minimum} to {maximum} were expected");
        }

        return values;
    }

    /// <summary>Takes an array of 64-bit integers.</summary>
    /// <inheritdoc cref="GetSingles"/>
    public long[] GetInt64s(string name, params ReadOnlySpan<int> shape) => Take<long>(name, shape);

    /// <summary>Takes an array of bytes.</summary>
    /// <inheritdoc cref="GetSingles"/>
    public byte[] GetBytes(string name, params ReadOnlySpan<int> shape) => Take<byte>(name, shape);

    /// <summary>An error about this file, to be thrown.</summary>
    /// <param name="problem">What is wrong, for people, as part of a sentence.</param>
    /// <param name="inner">What it came from, if anything.</param>
    /// <returns>The exception.</returns>
    public static ModelFormatException FormatError(string problem, Exception? inner = null) =>
        new($"This is not a usable model file: {problem}. It may be truncated or corrupt. Save the detector again.", inner);

    private T[] Take<T>(string name, ReadOnlySpan<int> shape)
    {
        var (array, actual) = _contents.TakeTensor(_prefix + name);
        if (array is not T[] values)
            throw FormatError($"the array '{_prefix}{name}' holds {array.GetType().GetElementType()!.Name} elements; {typeof(T).Name} was expected");
        bool fits = actual.Length == shape.Length;
        for (int i = 0; fits && i < shape.Length; i++)
            fits = shape[i] == -1 || shape[i] == actual[i];
        return fits
            ? values
            : throw FormatError($"the array '{_prefix}{name}' is {string.Join(" × ", actual)}; {string.Join(" × ", shape.ToArray())} was expected (-1 for any)");
    }
}
