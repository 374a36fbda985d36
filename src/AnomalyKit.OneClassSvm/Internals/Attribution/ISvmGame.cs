using System.Runtime.Intrinsics;

namespace AnomalyKit.OneClassSvm;

/// <summary>What the columns of a row bring to its kernel values with four support vectors, measured from a row that agrees with each of them.</summary>
internal interface ISvmGame
{
    /// <summary>The players: columns, or groups of columns.</summary>
    int Players { get; }

    /// <summary>The worth of no player: K(x, x) of each support vector of a panel.</summary>
    Vector256<double> Empty(int panel);

    /// <summary>Divides K(row, x) − K(x, x) among the players.</summary>
    /// <param name="panel">The panel of support vectors x.</param>
    /// <param name="row">The row, in the kernel's scale.</param>
    /// <param name="scratch">Room for two vectors a player.</param>
    /// <param name="parts">Receives one vector a player.</param>
    /// <returns>K(row, x).</returns>
    Vector256<double> Divide(int panel, ReadOnlySpan<double> row, Span<Vector256<double>> scratch, Span<Vector256<double>> parts);
}
