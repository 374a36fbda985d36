namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>When work is worth a second thread.</summary>
internal static class Parallelism
{
    /// <summary>Multiply-adds below which starting threads costs more than it saves: some 50 µs.</summary>
    public const long MinWork = 1 << 21;
}
