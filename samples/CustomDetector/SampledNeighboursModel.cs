using AnomalyKit.Persistence;

namespace AnomalyKit.Samples.CustomDetector;

/// <summary>The sampled rows, behind the transform: what scores rows and lies in the model's part of a file.</summary>
internal sealed class SampledNeighboursModel : DetectorModel
{
    /// <summary>The distances that one block of rows may compute: cancellation is looked for between blocks, so they must last less than 100 ms.</summary>
    private const long BlockCells = 1 << 23;

    private static readonly DetectorInfo Description = new(
        SampledNeighboursDetector.KindName,
        "Euclidean distance to the k-th nearest row of a random sample of the training rows",
        0,
        double.PositiveInfinity,
        "M. Sugiyama, K. M. Borgwardt: Rapid Distance-Based Outlier Detection via Sampling, NIPS 2013");

    private readonly float[] _sample;

    public SampledNeighboursModel(FeatureTransform transform, float[] sample, int neighbours)
        : base(transform)
    {
        _sample = sample;
        Neighbours = neighbours;
    }

    public int Neighbours { get; }

    public int SampleSize => _sample.Length / Transform.OutputColumns;

    public override DetectorInfo Info => Description;

    public override int BlockRows => (int)Math.Clamp(BlockCells / _sample.Length, 1, base.BlockRows);

    /// <summary>Trusts nothing: the reader has checked lengths, types and that numbers are finite; what is left is what they mean.</summary>
    public static SampledNeighboursModel Read(ModelReader reader, FeatureTransform transform)
    {
        float[] sample = reader.GetSingles("sample", -1, transform.OutputColumns);
        if (sample.Length == 0)
            throw ModelReader.FormatError("its sample is empty");
        int rows = sample.Length / transform.OutputColumns;
        return new SampledNeighboursModel(transform, sample, reader.GetInt32("neighbours", 1, Math.Min(rows, SampledNeighboursDetector.MaxNeighbours)));
    }

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = Transform.OutputColumns;
        Span<double> nearest = stackalloc double[Neighbours];
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

    protected override void WriteTo(ModelWriter writer)
    {
        writer.Set("neighbours", Neighbours);
        writer.Add("sample", _sample.AsMemory(), SampleSize, Transform.OutputColumns);
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
