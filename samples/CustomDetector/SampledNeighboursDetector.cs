using AnomalyKit.Persistence;

namespace AnomalyKit.Samples.CustomDetector;

/// <summary>Scores a row by its Euclidean distance to the k-th nearest of a few sampled training rows.</summary>
/// <remarks>See <see cref="SampledNeighboursTrainer"/> for the papers. The range is [0, ∞). Immutable and safe for any number of threads.</remarks>
public sealed class SampledNeighboursDetector : AnomalyDetector
{
    /// <summary>The largest k: the nearest distances are kept on the stack while a row is scored.</summary>
    public const int MostNeighbours = 64;

    private const string KindName = "sampled-neighbours";

    /// <summary>The distances that one block of rows may compute: cancellation is looked for between blocks, so they must last less than 100 ms.</summary>
    private const long BlockCells = 1 << 23;

    private static readonly DetectorInfo Description = new(
        KindName,
        "Euclidean distance to the k-th nearest row of a random sample of the training rows",
        0,
        double.PositiveInfinity,
        "M. Sugiyama, K. M. Borgwardt: Rapid Distance-Based Outlier Detection via Sampling, NIPS 2013");

    private readonly float[] _sample;
    private readonly int _neighbours;

    internal SampledNeighboursDetector(DetectorFrame frame, float[] sample, int neighbours)
        : base(frame)
    {
        _sample = sample;
        _neighbours = neighbours;
    }

    /// <summary>How this detector is read from model files: <c>DetectorFile.Catalog.With(SampledNeighboursDetector.Format)</c> loads it beside the others.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <inheritdoc/>
    protected override int BlockRows => (int)Math.Clamp(BlockCells / _sample.Length, 1, base.BlockRows);

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = Transform.OutputColumns;
        Span<double> nearest = stackalloc double[_neighbours];
        for (int i = 0; i < scores.Length; i++)
        {
            nearest.Fill(double.PositiveInfinity);
            var row = rows.Slice(i * columns, columns);
            for (int start = 0; start < _sample.Length; start += columns)
            {
                double distance = SquaredDistance(row, _sample.AsSpan(start, columns));
                if (distance < nearest[^1])
                    Insert(nearest, distance);
            }

            scores[i] = (float)Math.Min(Math.Sqrt(nearest[^1]), float.MaxValue);
        }
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new SampledNeighboursDetector(frame, _sample, _neighbours);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer)
    {
        writer.Set("neighbours", _neighbours);
        writer.Add("sample", _sample.AsMemory(), _sample.Length / Transform.OutputColumns, Transform.OutputColumns);
    }

    /// <summary>Trusts nothing: the reader has checked lengths, types and that numbers are finite; what is left is what they mean.</summary>
    private static SampledNeighboursDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog)
    {
        float[] sample = reader.GetSingles("sample", -1, frame.Transform.OutputColumns);
        if (sample.Length == 0)
            throw ModelReader.Bad("its sample is empty");
        int rows = sample.Length / frame.Transform.OutputColumns;
        return new SampledNeighboursDetector(frame, sample, reader.GetInt32("neighbours", 1, Math.Min(rows, MostNeighbours)));
    }

    /// <summary>In double, where the squares of all float32 differences are finite.</summary>
    private static double SquaredDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int j = 0; j < left.Length; j++)
        {
            double difference = (double)left[j] - right[j];
            sum += difference * difference;
        }

        return sum;
    }

    private static void Insert(Span<double> ascending, double value)
    {
        int at = ascending.Length - 1;
        for (; at > 0 && ascending[at - 1] > value; at--)
            ascending[at] = ascending[at - 1];
        ascending[at] = value;
    }
}
