using System.Runtime.InteropServices;

namespace AnomalyKit.Peers;

/// <summary>The rows that the driver wrote: little-endian float32, row-major, the same file that the other side reads.</summary>
internal sealed class PeerData
{
    private PeerData(FeatureMatrix all, FeatureMatrix train, FeatureMatrix heldOut)
    {
        All = all;
        Train = train;
        HeldOut = heldOut;
    }

    public FeatureMatrix All { get; }

    public FeatureMatrix Train { get; }

    public FeatureMatrix HeldOut { get; }

    /// <param name="folder">Holds <c>all.f32</c>, <c>train.f32</c> and <c>held-out.f32</c>.</param>
    /// <param name="columns">Columns of all three.</param>
    public static PeerData Load(string folder, int columns) => new(
        Read(Path.Combine(folder, "all.f32"), columns),
        Read(Path.Combine(folder, "train.f32"), columns),
        Read(Path.Combine(folder, "held-out.f32"), columns));

    /// <summary>The rows of a name in the protocol.</summary>
    public FeatureMatrix Rows(string name) => name switch
    {
        "all" => All,
        "train" => Train,
        "held-out" => HeldOut,
        _ => throw new PeerException($"There are no rows '{name}'. Available: all, train, held-out."),
    };

    private static FeatureMatrix Read(string path, int columns)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The row files are little-endian; this machine is not.");
        byte[] bytes = File.ReadAllBytes(path);
        return FeatureMatrix.Wrap(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), columns);
    }
}
