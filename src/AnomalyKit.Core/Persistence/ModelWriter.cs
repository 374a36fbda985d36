using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using AnomalyKit.Files;

namespace AnomalyKit.Persistence;

/// <summary>Collects the arrays and values of a model and writes them as a model file.</summary>
/// <remarks>
/// The layout is that of safetensors, so that any language can read it: an 8-byte little-endian length, a JSON header of that length (padded with
/// spaces to a multiple of 8), then the arrays, raw and little-endian, in the header's order. Values are strings in the header's
/// <c>__metadata__</c>. Names within a part of a file are prefixed with the part's name and a slash. See docs/model-files.md.
/// </remarks>
public sealed class ModelWriter
{
    /// <summary>The version of the format that this library writes, and the newest that it reads.</summary>
    public const int FormatVersion = 1;

    internal const string FormatKey = "anomalykit.format";
    internal const string ChecksumKey = "anomalykit.sha256";

    private const int ChunkElements = 1 << 20;

    private readonly Contents _contents;
    private readonly string _prefix;

    /// <summary>Starts an empty file.</summary>
    public ModelWriter()
        : this(new Contents(), string.Empty)
    {
        Set(FormatKey, FormatVersion);
    }

    private ModelWriter(Contents contents, string prefix)
    {
        _contents = contents;
        _prefix = prefix;
    }

    private interface ITensor
    {
        string TypeName { get; }

        IReadOnlyList<int> Shape { get; }

        long ByteCount { get; }

        void CopyTo(Action<ReadOnlySpan<byte>> sink);
    }

    /// <summary>A part of the file with names of its own.</summary>
    /// <param name="name">The part's name, without a slash at its end.</param>
    /// <returns>A writer into the same file that prefixes every name.</returns>
    public ModelWriter Scope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new ModelWriter(_contents, $"{_prefix}{name}/");
    }

    /// <summary>Sets a text value.</summary>
    /// <param name="name">Its name, new in this part.</param>
    /// <param name="value">Any text.</param>
    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _contents.Values.Add(_prefix + name, value);
    }

    /// <summary>Sets a whole number.</summary>
    /// <param name="name">Its name, new in this part.</param>
    /// <param name="value">The number.</param>
    public void Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets a number; reading gives the same bits back.</summary>
    /// <param name="name">Its name, new in this part.</param>
    /// <param name="value">The number.</param>
    public void Set(string name, double value) => Set(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds an array, without copying it: it must not change before the file is written.</summary>
    /// <typeparam name="T">float, double, int, long or byte.</typeparam>
    /// <param name="name">Its name, new in this part.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Its dimensions, whose product is the length; nothing for one dimension.</param>
    public void Add<T>(string name, ReadOnlyMemory<T> values, params int[] shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Length == 0)
            shape = [values.Length];
        long product = 1;
        foreach (int dimension in shape)
            product *= dimension;
        if (product != values.Length)
            throw new ArgumentException($"The shape {string.Join(" × ", shape)} does not hold {values.Length} elements.", nameof(shape));
        _contents.Tensors.Add(_prefix + name, new Tensor<T>(values, shape));
    }

    /// <inheritdoc cref="Add{T}(string, ReadOnlyMemory{T}, int[])"/>
    public void Add<T>(string name, Memory<T> values, params int[] shape)
        where T : unmanaged => Add(name, (ReadOnlyMemory<T>)values, shape);

    /// <summary>Writes the file.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Span<byte> length = stackalloc byte[8];
        byte[] header = Header();
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        destination.Write(length);
        destination.Write(header);
        foreach (ITensor tensor in _contents.Tensors.Values)
            tensor.CopyTo(destination.Write);
    }

    /// <summary>Writes the file beside the given path and renames it into place, so that it appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public void Save(string path)
    {
        using var file = new FileBeside(path);
        Save(file.Stream);
        file.Place();
    }

    private byte[] Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (name, value) in _contents.Values)
                json.WriteString(name, value);
            json.WriteString(ChecksumKey, Checksum());
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, tensor) in _contents.Tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.TypeName);
                json.WriteStartArray("shape");
                foreach (int dimension in tensor.Shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.ByteCount;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (buffer.WrittenCount > ModelContents.MaximumHeader - 8)
        {
            throw new InvalidOperationException(
                $"The header would have {buffer.WrittenCount} bytes, mostly column names; at most {ModelContents.MaximumHeader} can be read back. Use shorter names.");
        }

        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private string Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ITensor tensor in _contents.Tensors.Values)
            tensor.CopyTo(hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Contents
    {
        public SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, ITensor> Tensors { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Tensor<T>(ReadOnlyMemory<T> values, int[] shape) : ITensor
        where T : unmanaged
    {
        public string TypeName { get; } = TensorType.NameOf(typeof(T));

        public IReadOnlyList<int> Shape => shape;

        public long ByteCount => (long)values.Length * TensorType.SizeOf(TypeName);

        public void CopyTo(Action<ReadOnlySpan<byte>> sink)
        {
            for (int start = 0; start < values.Length; start += ChunkElements)
            {
                var chunk = MemoryMarshal.AsBytes(values.Span.Slice(start, Math.Min(ChunkElements, values.Length - start)));
                if (BitConverter.IsLittleEndian)
                {
                    sink(chunk);
                    continue;
                }

                byte[] swapped = chunk.ToArray();
                ByteOrder.Reverse(swapped, TensorType.SizeOf(TypeName));
                sink(swapped);
            }
        }
    }
}
