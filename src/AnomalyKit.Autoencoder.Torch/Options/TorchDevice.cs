namespace AnomalyKit;

/// <summary>Where a network is trained.</summary>
public readonly record struct TorchDevice
{
    private readonly int? _cuda;
    private readonly bool _cpu;

    private TorchDevice(bool cpu, int? cuda)
    {
        _cpu = cpu;
        _cuda = cuda;
    }

    /// <summary>The first CUDA device if there is one, else the CPU.</summary>
    public static TorchDevice Auto { get; }

    /// <summary>The CPU.</summary>
    public static TorchDevice Cpu { get; } = new(true, null);

    /// <summary>Whether the device is chosen when training begins.</summary>
    public bool IsAuto => !_cpu && _cuda is null;

    /// <summary>The zero-based index of the CUDA device, or null for another device.</summary>
    public int? CudaIndex => _cuda;

    /// <summary>A CUDA device.</summary>
    /// <param name="index">The zero-based index of the device.</param>
    /// <returns>The device. If it does not exist, training throws <see cref="TorchUnavailableException"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static TorchDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new TorchDevice(false, index);
    }

    /// <summary>For example <c>auto</c>, <c>cpu</c> or <c>cuda:0</c>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => _cpu ? "cpu" : _cuda is { } index ? $"cuda:{index}" : "auto";
}
