namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Kernel values between rows and packed points, by vectors of one width.</summary>
internal unsafe interface IKernelEngine
{
    /// <summary>Points that lie side by side in a panel.</summary>
    int PanelPoints { get; }

    /// <summary>The floats that <see cref="AddSums"/> needs to work in.</summary>
    int ScratchFloats { get; }

    /// <summary>Kernel values of a few rows with a run of points: targets[row][offset + i] for the points from <paramref name="first"/> on.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="rows">Scaled rows, row-major.</param>
    /// <param name="halfNorms">Half the squared length of each row.</param>
    /// <param name="rowCount">At most <see cref="KernelEngine.TileRows"/>.</param>
    /// <param name="points">The points.</param>
    /// <param name="first">The first point, a multiple of <see cref="PointPanels.Granule"/>.</param>
    /// <param name="count">The number of points, a multiple of <see cref="PointPanels.Granule"/>.</param>
    /// <param name="targets">One address per row; values go to the place of their point.</param>
    /// <param name="offset">Added to a point's index to find its place in the target.</param>
    void Evaluate(
        KernelFunction function, float* rows, float* halfNorms, int rowCount, PointPanels points, int first, int count, float** targets, int offset);

    /// <summary>Weighted sums of kernel values over all points, one per row, each in the same order whatever the rows beside it.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="rows">Scaled rows, row-major.</param>
    /// <param name="halfNorms">Half the squared length of each row.</param>
    /// <param name="rowCount">Any number of rows.</param>
    /// <param name="points">The points.</param>
    /// <param name="weights">One weight per point, zero for the padding.</param>
    /// <param name="scratch">Room for <see cref="ScratchFloats"/>.</param>
    /// <param name="sums">Room for <see cref="PointPanels.Granule"/> partial sums per row; the first of each receives the sum.</param>
    void AddSums(
        KernelFunction function, float* rows, float* halfNorms, int rowCount, PointPanels points, double* weights, float* scratch, double* sums);

    /// <summary>sums[i] += weight[r] · rows[r][i], row after row; the count is a multiple of <see cref="PointPanels.Granule"/>.</summary>
    void AddRows(float** rows, double* weights, int rowCount, double* sums, int first, int count);
}
