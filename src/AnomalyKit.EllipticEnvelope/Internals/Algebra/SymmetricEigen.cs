using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix, by Math.NET Numerics.</summary>
/// <remarks>
/// Eigenvalues descend; each vector's largest component is positive, so that the result is unique. The managed provider is named, not the process-wide one, which an
/// application may set to a native library: results would change with it.
/// </remarks>
internal sealed class SymmetricEigen
{
    // Below, a decomposition takes less than the 100 ms in which a fit promises to stop.
    private const int QuickSize = 300;

    /// <summary>Decomposes a row-major symmetric matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="size">Its rows.</param>
    /// <param name="cancellationToken">
    /// Math.NET cannot be stopped on the way: a large matrix is decomposed on a thread of its own, which is left to itself when the caller is cancelled.
    /// </param>
    public SymmetricEigen(ReadOnlySpan<double> matrix, int size, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] input = matrix[..(size * size)].ToArray();
        var vectors = new double[size * size];
        var values = new Complex[size];
        if (size <= QuickSize || !cancellationToken.CanBeCanceled)
        {
            Decompose(input, size, vectors, values);
        }
        else
        {
            var work = Task.Factory.StartNew(() => Decompose(input, size, vectors, values), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Task.WaitAny([work], cancellationToken);
            work.GetAwaiter().GetResult();
        }

        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => values[i].Real)];
        Values = [.. order.Select(i => values[i].Real)];
        Vectors = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            // Math.NET stores matrices by columns: one eigenvector after the other.
            var vector = vectors.AsSpan(order[row] * size, size);
            int largest = 0;
            for (int i = 1; i < size; i++)
            {
                if (Math.Abs(vector[i]) > Math.Abs(vector[largest]))
                    largest = i;
            }

            double sign = vector[largest] < 0 ? -1 : 1;
            for (int i = 0; i < size; i++)
                Vectors[(row * size) + i] = sign * vector[i];
        }
    }

    /// <summary>The eigenvalues, largest first.</summary>
    public double[] Values { get; }

    /// <summary>The unit eigenvectors, one per row, in the order of the values.</summary>
    public double[] Vectors { get; }

    private static void Decompose(double[] matrix, int size, double[] vectors, Complex[] values) =>
        ManagedLinearAlgebraProvider.Instance.EigenDecomp(isSymmetric: true, size, matrix, vectors, values, new double[size * size]);
}
