using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder;

/// <summary>The inverse square root of the covariance of ordinary rows' errors: W with WᵀW = S⁻¹, lower triangular, or diagonal where columns are many.</summary>
internal sealed unsafe class ErrorWhitening
{
    /// <summary>With more columns errors are measured each by itself: a covariance would cost more than the network.</summary>
    public const int MostCorrelatedColumns = 512;

    private const int MostRows = 1 << 16;
    private const int Steps = 4;
    private const double KeptShare = 0.95;

    /// <summary>No column's errors count as smaller than a thousandth of the average column's.</summary>
    private const double VarianceFloor = 1e-6;

    private const double LeastVariance = 1e-24;

    private readonly AlignedFloats _weights;

    private ErrorWhitening(int columns, float[] matrix, bool isDiagonal)
    {
        Columns = columns;
        Matrix = matrix;
        IsDiagonal = isDiagonal;
        int stride = Blocks.RoundUp(columns, KernelShape.Lane);
        _weights = new AlignedFloats(isDiagonal ? stride : (long)columns * stride);
        if (isDiagonal)
        {
            matrix.CopyTo(_weights.Span);
            return;
        }

        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
                _weights.Span[(j * stride) + i] = matrix[(i * columns) + j];
        }
    }

    public int Columns { get; }

    /// <summary>W, row-major, or its diagonal alone.</summary>
    public float[] Matrix { get; }

    public bool IsDiagonal { get; }

    /// <summary>Estimates the covariance of errors by concentration steps: it is taken over the best-fitting rows, and says anew which they are.</summary>
    public static ErrorWhitening Fit(DenseNetwork network, float limit, FeatureMatrix data, ulong seed, INetworkKernel kernel, FitContext context)
    {
        int columns = data.ColumnCount;
        bool diagonal = columns > MostCorrelatedColumns;
        int[] rows = Sample(data, seed);
        var scores = new float[rows.Length];
        var pass = new ErrorPass(network, limit, data, rows, kernel);
        pass.Score(null, scores, context.Part(0, 1.0 / (Steps + 1)));
        for (int step = 0; ; step++)
        {
            float worst = OrderStatistics.Select((float[])scores.Clone(), (int)Math.Ceiling(KeptShare * rows.Length) - 1);
            double[] products = pass.Products(scores, worst, diagonal, out int kept, context.Part((step + 1.0) / (Steps + 1), (step + 1.5) / (Steps + 1)));
            var whitening = diagonal ? Diagonal(products, columns, kept) : Full(products, columns, kept);
            if (step == Steps - 1)
                return whitening;
            pass.Score(whitening, scores, context.Part((step + 1.5) / (Steps + 1), (step + 2.0) / (Steps + 1)));
        }
    }

    /// <summary>Bytes that <see cref="Fit"/> takes: rows, scores and a copy of them, and sums of products for every block of rows.</summary>
    public static long EstimateMemory(int rows, int columns)
    {
        long sampled = Math.Min(rows, MostRows);
        long blocks = Blocks.Count(sampled, ErrorPass.BlockRows);
        return (12 * sampled) + (8 * blocks * columns * (columns > MostCorrelatedColumns ? 1 : columns));
    }

    public static ErrorWhitening? Read(ModelReader reader, int columns)
    {
        if (!reader.HasArray("whitening"))
            return null;
        bool diagonal = columns > MostCorrelatedColumns;
        float[] matrix = diagonal ? reader.GetSingles("whitening", columns) : reader.GetSingles("whitening", columns, columns);
        for (int i = 0; !diagonal && i < columns; i++)
        {
            if (matrix.AsSpan((i * columns) + i + 1, columns - i - 1).ContainsAnyExcept(0f))
                throw ModelReader.FormatError("the whitening of its errors is not triangular");
        }

        return new ErrorWhitening(columns, matrix, diagonal);
    }

    public static void Write(ModelWriter writer, ErrorWhitening? whitening)
    {
        if (whitening is null)
            return;
        if (whitening.IsDiagonal)
            writer.Add("whitening", whitening.Matrix.AsMemory());
        else
            writer.Add("whitening", whitening.Matrix.AsMemory(), whitening.Columns, whitening.Columns);
    }

    /// <summary>Whitens errors.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="errors">A panel of them.</param>
    /// <param name="rows">A multiple of <see cref="KernelShape.Lane"/>.</param>
    /// <param name="stride">Floats a line of both panels.</param>
    /// <param name="whitened">Receives a panel.</param>
    public void Apply(INetworkKernel kernel, float* errors, int rows, int stride, float* whitened)
    {
        if (IsDiagonal)
            kernel.PanelScale(errors, _weights.Pointer, Columns, whitened, rows, stride);
        else
            kernel.PanelAffine(errors, Columns, _weights.Pointer, Blocks.RoundUp(Columns, KernelShape.Lane), null, Columns, PanelProduct.Triangular, whitened, rows, stride);
        GC.KeepAlive(_weights);
    }

    /// <summary>Whitens one row's errors.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="errors">The row, padded to a multiple of <see cref="KernelShape.Lane"/>.</param>
    /// <param name="whitened">Receives a row; its padding holds nothing of use.</param>
    public void ApplyRow(INetworkKernel kernel, float* errors, float* whitened)
    {
        int stride = Blocks.RoundUp(Columns, KernelShape.Lane);
        if (IsDiagonal)
        {
            new ReadOnlySpan<float>(errors, stride).CopyTo(new Span<float>(whitened, stride));
            kernel.Multiply(whitened, _weights.Pointer, stride);
        }
        else
        {
            kernel.RowAffine(errors, Columns, _weights.Pointer, stride, null, Columns, PanelProduct.Triangular, whitened);
        }

        GC.KeepAlive(_weights);
    }

    /// <summary>Draws the rows; of rows with weights their copies, so that a row may be there several times.</summary>
    private static int[] Sample(FeatureMatrix data, ulong seed)
    {
        var random = RandomStreams.ErrorSample(seed);
        var copies = data.HasWeights ? new RowCopies(data.Weights.Span) : null;
        var sample = new int[Math.Min(copies?.Count ?? data.RowCount, MostRows)];
        if (copies is null)
            random.SampleWithoutReplacement(data.RowCount, sample);
        else
            copies.Sample(ref random, sample);
        Array.Sort(sample);
        return sample;
    }

    private static ErrorWhitening Diagonal(double[] squares, int columns, int kept)
    {
        double floor = Math.Max(LeastVariance, VarianceFloor * squares.Sum() / columns / kept);
        var matrix = new float[columns];
        for (int j = 0; j < columns; j++)
            matrix[j] = (float)(1 / Math.Sqrt(Math.Max(squares[j] / kept, floor)));
        return new ErrorWhitening(columns, matrix, isDiagonal: true);
    }

    private static ErrorWhitening Full(double[] products, int columns, int kept)
    {
        // Few rows say little of correlations: these are drawn towards zero as columns outnumber rows.
        double trust = (double)kept / (kept + columns);
        double trace = 0;
        for (int i = 0; i < columns; i++)
            trace += products[(i * columns) + i];
        double floor = Math.Max(LeastVariance, VarianceFloor * trace / columns / kept);
        var factor = new double[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double covariance = products[(i * columns) + j] / kept;
                factor[(i * columns) + j] = i == j ? covariance + floor : covariance * trust;
            }
        }

        LowerTriangle.Factor(factor, columns);
        double[] inverse = LowerTriangle.Invert(factor, columns);
        return new ErrorWhitening(columns, Array.ConvertAll(inverse, value => (float)value), isDiagonal: false);
    }
}
