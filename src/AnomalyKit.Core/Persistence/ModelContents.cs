using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace AnomalyKit.Persistence;

/// <summary>The arrays and values of a model file in memory. Reading checks every length before it allocates, and runs no code from the file.</summary>
internal sealed class ModelContents
{
    internal const int MaximumHeader = 64 << 20;
    private const int ChunkBytes = 1 << 20;
    private const int MaximumRank = 8;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _untaken = new(StringComparer.Ordinal);

    private ModelContents()
    {
    }

    public static ModelContents Read(Stream source)
    {
        if (!source.CanSeek)
        {
            // The length must be known before anything is allocated by what the header claims; the copy grows only with what is there.
            var copy = new MemoryStream();
            source.CopyTo(copy);
            copy.Position = 0;
            source = copy;
        }

        long available = source.Length - source.Position;
        Span<byte> prefix = stackalloc byte[8];
        if (available < prefix.Length)
            throw ModelReader.FormatError($"it has {available} bytes, too few for a header");
        source.ReadExactly(prefix);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        // Printable bytes would be a length above 2⁵⁹: the file is text.
        if (IsText(prefix))
            throw new ModelFormatException($"This is not a model file: it begins with the text '{System.Text.Encoding.UTF8.GetString(prefix).Trim('\uFEFF', ' ', '\t', '\r', '\n').ReplaceLineEndings(" ")}'. Name the file that Save, or 'anomalykit fit', made.");
        if (headerLength < 2 || headerLength > Math.Min(MaximumHeader, available - prefix.Length))
            throw ModelReader.FormatError($"it claims a header of {headerLength} bytes and has {available - prefix.Length}");
        var header = new byte[headerLength];
        source.ReadExactly(header);

        var contents = new ModelContents();
        contents.ReadHeader(header, available - prefix.Length - headerLength);
        contents.CheckVersion();
        contents.ReadTensors(source);
        return contents;
    }

    private static bool IsText(ReadOnlySpan<byte> prefix)
    {
        if (prefix.StartsWith("\uFEFF"u8))
            prefix = prefix["\uFEFF"u8.Length..];
        foreach (byte letter in prefix)
        {
            if (letter is (< (byte)' ' or > (byte)'~') and not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        }

        return true;
    }

    public bool TryTakeValue(string name, [NotNullWhen(true)] out string? value)
    {
        _untaken.Remove(name);
        return _values.TryGetValue(name, out value);
    }

    public bool HasTensor(string name) => _tensors.ContainsKey(name);

    public (Array Values, long[] Shape) TakeTensor(string name)
    {
        if (!_tensors.Remove(name, out var tensor))
            throw ModelReader.FormatError($"the array '{name}' is missing");
        _untaken.Remove(name);
        return (tensor.Values!, tensor.Shape);
    }

    public bool HasUntaken(string prefix) => _untaken.GetViewBetween(prefix, prefix + char.MaxValue).Min is not null;

    public void ThrowIfUntaken()
    {
        if (_untaken.Count > 0)
        {
            throw new ModelFormatException(
                $"The model file holds '{_untaken.Min}', which this library does not understand. "
                + "It may come from a newer version: update AnomalyKit.");
        }
    }

    private static long[] ReadNumbers(JsonElement array, string name)
    {
        if (array.ValueKind != JsonValueKind.Array)
            throw ModelReader.FormatError($"'{name}' in the header is not a list of numbers");
        if (array.GetArrayLength() > MaximumRank)
            throw ModelReader.FormatError($"'{name}' in the header is a list of {array.GetArrayLength()} numbers; at most {MaximumRank} make sense");
        var numbers = new long[array.GetArrayLength()];
        int i = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out numbers[i]) || numbers[i] < 0)
                throw ModelReader.FormatError($"'{name}' in the header holds something else than whole numbers");
            i++;
        }

        return numbers;
    }

    private void ReadHeader(byte[] header, long dataLength)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw ModelReader.FormatError("its header is not JSON", exception);
        }

        using (document)
        {
            try
            {
                ReadHeader(document.RootElement, dataLength);
            }
            catch (InvalidOperationException exception)
            {
                // What System.Text.Json throws for text that is no valid UTF-16 after unescaping.
                throw ModelReader.FormatError("its header holds text that cannot be decoded", exception);
            }
        }
    }

    private void ReadHeader(JsonElement root, long dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw ModelReader.FormatError("its header is not a JSON object");
        foreach (var property in root.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
                throw ModelReader.FormatError($"'{property.Name}' in the header is not an object");
            if (property.NameEquals("__metadata__"))
            {
                foreach (var value in property.Value.EnumerateObject())
                {
                    if (value.Value.ValueKind != JsonValueKind.String)
                        throw ModelReader.FormatError($"the value '{value.Name}' is not a string");
                    AddName(value.Name);
                    _values.Add(value.Name, value.Value.GetString()!);
                }
            }
            else
            {
                AddName(property.Name);
                _tensors.Add(property.Name, ReadTensorEntry(property));
            }
        }

        // Arrays must lie side by side and fill the file: no gaps, no overlaps, nothing behind them.
        long position = 0;
        foreach (var (name, tensor) in _tensors.OrderBy(entry => entry.Value.Begin).ThenBy(entry => entry.Value.End))
        {
            if (tensor.Begin != position || tensor.End > dataLength)
                throw ModelReader.FormatError($"the array '{name}' lies at {tensor.Begin} to {tensor.End} of {dataLength} bytes, where {position} was expected");
            position = tensor.End;
        }

        if (position != dataLength)
            throw ModelReader.FormatError($"its arrays end at {position} and it has {dataLength} bytes behind the header");
    }

    private static Tensor ReadTensorEntry(JsonProperty property)
    {
        string name = property.Name;
        if (!property.Value.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String
            || !property.Value.TryGetProperty("shape", out var shapeList) || !property.Value.TryGetProperty("data_offsets", out var offsetList)
            || property.Value.EnumerateObject().Count() != 3)
        {
            throw ModelReader.FormatError($"the array '{name}' lacks its dtype, shape or data_offsets, or has more than these");
        }

        string typeName = type.GetString()!;
        int elementSize = TensorType.SizeOf(typeName);
        if (elementSize == 0)
            throw ModelReader.FormatError($"the array '{name}' is of type '{typeName}', which this library does not read");
        long[] shape = ReadNumbers(shapeList, name);
        long[] offsets = ReadNumbers(offsetList, name);
        UInt128 elements = 1;
        foreach (long dimension in shape)
        {
            elements *= (ulong)dimension;
            if (elements > (ulong)Array.MaxLength)
                throw ModelReader.FormatError($"the array '{name}' claims more than {Array.MaxLength} elements");
        }

        if (offsets.Length != 2 || offsets[1] < offsets[0] || (UInt128)(ulong)(offsets[1] - offsets[0]) != elements * (uint)elementSize)
            throw ModelReader.FormatError($"the array '{name}' claims {elements} elements of {elementSize} bytes at {string.Join(" to ", offsets)}");
        return new Tensor(typeName, shape, offsets[0], offsets[1]);
    }

    private void AddName(string name)
    {
        if (!_untaken.Add(name))
            throw ModelReader.FormatError($"the name '{name}' occurs twice");
    }

    private void CheckVersion()
    {
        var reader = new ModelReader(this);
        if (!reader.TryGetString(ModelWriter.FormatKey, out _))
            throw ModelReader.FormatError($"it has no '{ModelWriter.FormatKey}', so it was not written by AnomalyKit");
        int version = reader.GetInt32(ModelWriter.FormatKey, 1, int.MaxValue);
        if (version > ModelWriter.FormatVersion)
        {
            throw new ModelFormatException(
                $"The model file has format {version}; this version of AnomalyKit reads up to {ModelWriter.FormatVersion}. Update AnomalyKit.");
        }
    }

    private void ReadTensors(Stream source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in _tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            int elementSize = TensorType.SizeOf(tensor.TypeName);
            tensor.Values = TensorType.Allocate(tensor.TypeName, (tensor.End - tensor.Begin) / elementSize);
            for (long done = 0, total = tensor.End - tensor.Begin; done < total;)
            {
                var chunk = Bytes(tensor.Values, elementSize, done, (int)Math.Min(ChunkBytes, total - done));
                source.ReadExactly(chunk);
                hash.AppendData(chunk);
                if (!BitConverter.IsLittleEndian)
                    ByteOrder.Reverse(chunk, elementSize);
                done += chunk.Length;
            }
        }

        string actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (!TryTakeValue(ModelWriter.ChecksumKey, out string? expected) || !string.Equals(actual, expected, StringComparison.Ordinal))
            throw ModelReader.FormatError($"its arrays have the SHA-256 {actual}, and the header says {expected ?? "none"}");
    }

    private static Span<byte> Bytes(Array values, int elementSize, long start, int count)
    {
        // An array of 2³¹ elements has more bytes than a span can count, so the chunk is cut out by elements first.
        int first = (int)(start / elementSize);
        int elements = count / elementSize;
        return values switch
        {
            float[] array => MemoryMarshal.AsBytes(array.AsSpan(first, elements)),
            double[] array => MemoryMarshal.AsBytes(array.AsSpan(first, elements)),
            int[] array => MemoryMarshal.AsBytes(array.AsSpan(first, elements)),
            long[] array => MemoryMarshal.AsBytes(array.AsSpan(first, elements)),
            _ => ((byte[])values).AsSpan(first, elements),
        };
    }

    private sealed class Tensor(string typeName, long[] shape, long begin, long end)
    {
        public string TypeName => typeName;

        public long[] Shape => shape;

        public long Begin => begin;

        public long End => end;

        public Array? Values { get; set; }
    }
}
