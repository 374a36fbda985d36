using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnomalyKit.ContractTests.Hostile;

/// <summary>A model file taken apart, to be put together again with lies in it. Knows the documented layout, not the library's code.</summary>
internal sealed class FileParts
{
    private const string ChecksumKey = "anomalykit.sha256";

    public FileParts(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        HeaderText = Encoding.UTF8.GetString(file, 8, length);
        Data = file[(8 + length)..];
        Header = JsonNode.Parse(HeaderText)!.AsObject();
    }

    /// <summary>The header as it stood in the file, padding included.</summary>
    public string HeaderText { get; }

    /// <summary>The header to be changed; used by <see cref="Seal"/>.</summary>
    public JsonObject Header { get; }

    public byte[] Data { get; }

    public JsonObject Values => Header["__metadata__"]!.AsObject();

    /// <summary>The arrays in the order in which they lie.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> Arrays => Header
        .Where(entry => entry.Key != "__metadata__")
        .Select(entry => KeyValuePair.Create(entry.Key, entry.Value!.AsObject()))
        .OrderBy(entry => (long)entry.Value["data_offsets"]![0]!);

    public static int SizeOf(JsonObject array) => (string)array["dtype"]! switch { "F64" or "I64" => 8, "U8" => 1, _ => 4 };

    /// <summary>A file of a header, with its right length, and arrays.</summary>
    public static byte[] Compose(byte[] header, byte[] data)
    {
        var file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return file;
    }

    public static byte[] Compose(string header, byte[] data) => Compose(Encoding.UTF8.GetBytes(header), data);

    /// <summary>A file of the changed header and the given arrays, with the checksum that belongs to them: past the seal, to the validators.</summary>
    public byte[] Seal(byte[] data)
    {
        Values[ChecksumKey] = Convert.ToHexStringLower(SHA256.HashData(data));
        return Compose(JsonSerializer.SerializeToUtf8Bytes(Header), data);
    }

    /// <summary>A file in which arrays got other lengths: offsets and checksum are put right.</summary>
    public byte[] SealResized(Func<string, JsonObject, byte[], byte[]> resize)
    {
        using var data = new MemoryStream();
        foreach (var (name, array) in Arrays.ToArray())
        {
            int begin = (int)array["data_offsets"]![0]!;
            int end = (int)array["data_offsets"]![1]!;
            long at = data.Position;
            data.Write(resize(name, array, Data[begin..end]));
            array["data_offsets"] = new JsonArray(at, data.Position);
        }

        return Seal(data.ToArray());
    }
}
