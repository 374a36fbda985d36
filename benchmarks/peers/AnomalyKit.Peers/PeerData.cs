using System.Runtime.InteropServices;

namespace AnomalyKit.Peers;

/// <summary>The rows that the driver wrote: little-endian float32, row-major, the same files that the other side reads.</summary>
internal sealed class PeerData
{
    private readonly Dictionary<string, FeatureMatrix> _rows;

    private PeerData(Dictionary<string, FeatureMatrix> rows)
    {
        _rows = rows;
    }

    /// <param name="folder">Holds a file <c>NAME.f32</c> for each name.</param>
    /// <param name="columns">The names, and the columns of each file.</param>
    public static PeerData Load(string folder, IEnumerable<KeyValuePair<string, int>> columns) =>
        new(columns.ToDictionary(file => file.Key, file => Read(Path.Combine(folder, file.Key + ".f32"), file.Value)));

    /// <summary>The rows of a name.</summary>
    public FeatureMatrix Rows(string name) => _rows.TryGetValue(name, out var rows)
        ? rows
        : throw new PeerException($"There are no rows '{name}'. Available: {string.Join(", ", _rows.Keys)}.");

    private static FeatureMatrix Read(string path, int columns)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The row files are little-endian; this machine is not.");
        byte[] bytes = File.ReadAllBytes(path);
        return FeatureMatrix.Wrap(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), columns);
    }
}
