using AnomalyKit.Affine;
using AnomalyKit.Persistence;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>A fitted envelope as plain arrays.</summary>
internal sealed class EllipticEnvelopeModel
{
    /// <summary>A covariance of so many columns takes 2 GiB.</summary>
    public const int MostColumns = 1 << 14;

    public EllipticEnvelopeModel(double[] location, int[] columns, double[] factor)
    {
        Location = location;
        Columns = columns;
        Factor = factor;
        int rank = columns.Length;
        double[] inverse = Cholesky.Invert(factor, rank, rank);
        var spread = new double[(long)rank * location.Length];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double weight = inverse[(i * rank) + j];
                if (!double.IsFinite(weight))
                    throw new ArgumentException($"the factor of its covariance cannot be inverted at {i}, {j}");
                spread[(i * location.Length) + columns[j]] = weight;
            }
        }

        Map = new AffineMap(location, spread, rank);
    }

    /// <summary>One number per column of the transformed rows.</summary>
    public double[] Location { get; }

    /// <summary>The columns that distances are made of, ascending.</summary>
    public int[] Columns { get; }

    /// <summary>L, lower triangular, row-major over <see cref="Columns"/>: L Lᵀ is the covariance.</summary>
    public double[] Factor { get; }

    public int Rank => Columns.Length;

    public AffineMap Map { get; }

    public required double LogDeterminant { get; init; }

    public required double Shrinkage { get; init; }

    public required int SubsetSize { get; init; }

    /// <summary>One value a training row.</summary>
    public required bool[] Support { get; init; }

    public required IReadOnlyList<DataFinding> Findings { get; init; }

    /// <summary>What all training rows keep; rows that break it are that much farther away.</summary>
    public required LinearRelations Relations { get; init; }

    /// <summary>What scores of new normal rows follow.</summary>
    public required ScoreLaw Law { get; init; }

    public static EllipticEnvelopeModel From(McdFit fit, IReadOnlyList<DataFinding> findings)
    {
        double[] factor = fit.Ellipsoid.FullFactor();
        double scale = Math.Sqrt(fit.Correction);
        for (int i = 0; i < factor.Length; i++)
            factor[i] *= scale;
        return new EllipticEnvelopeModel(fit.Ellipsoid.Location, fit.Classical.Columns, factor)
        {
            LogDeterminant = fit.LogDeterminant,
            Shrinkage = fit.Shrinkage,
            SubsetSize = fit.IsWeighted ? fit.Support.Count(member => member) : fit.SubsetSize,
            Support = fit.Support,
            Findings = findings,
            Relations = fit.Relations,
            Law = fit.Law,
        };
    }

    public static EllipticEnvelopeModel Read(ModelReader reader, int columnCount)
    {
        if (columnCount > MostColumns)
            throw ModelReader.FormatError($"it claims {columnCount} columns; at most {MostColumns} can be fitted");
        double[] location = reader.GetDoubles("location", columnCount);
        int[] columns = reader.GetInt32s("columns", 0, columnCount - 1, -1);
        for (int i = 1; i < columns.Length; i++)
        {
            if (columns[i] <= columns[i - 1])
                throw ModelReader.FormatError("the columns of its covariance do not ascend");
        }

        double[] factor = reader.GetDoubles("factor", columns.Length, columns.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            if (!(factor[(i * columns.Length) + i] > 0) || factor.AsSpan((i * columns.Length) + i + 1, columns.Length - i - 1).ContainsAnyExcept(0.0))
                throw ModelReader.FormatError("the factor of its covariance is not triangular with a positive diagonal");
        }

        int rows = reader.GetInt32("rows", 1, int.MaxValue);
        int subset = reader.GetInt32("support_rows", 1, rows);
        byte[] packed = reader.GetBytes("support", (int)(((long)rows + 7) / 8));
        var support = new bool[rows];
        for (int row = 0; row < rows; row++)
            support[row] = (packed[row / 8] >> (row % 8) & 1) != 0;
        double shrinkage = reader.GetDouble("shrinkage");
        if (!(shrinkage is >= 0 and <= 1))
            throw ModelReader.FormatError("its shrinkage does not lie between 0 and 1");
        try
        {
            return new EllipticEnvelopeModel(location, columns, factor)
            {
                LogDeterminant = reader.GetDouble("log_determinant"),
                Shrinkage = shrinkage,
                SubsetSize = subset,
                Support = support,
                Findings = DataFinding.Read(reader.Scope("findings"), columnCount),
                Relations = LinearRelations.Read(reader.Scope("relations"), columnCount),
                Law = ScoreLaw.Read(reader.Scope("score_law"), columns.Length),
            };
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError("its covariance cannot be used: " + exception.Message, exception);
        }
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("rows", Support.Length);
        writer.Set("support_rows", SubsetSize);
        writer.Set("log_determinant", LogDeterminant);
        writer.Set("shrinkage", Shrinkage);
        writer.Add("location", Location.AsMemory());
        writer.Add("columns", Columns.AsMemory());
        writer.Add("factor", Factor.AsMemory(), Rank, Rank);
        var packed = new byte[(Support.Length + 7) / 8];
        for (int row = 0; row < Support.Length; row++)
        {
            if (Support[row])
                packed[row / 8] |= (byte)(1 << (row % 8));
        }

        writer.Add("support", packed.AsMemory());
        DataFinding.Write(writer.Scope("findings"), Findings);
        Relations.WriteTo(writer.Scope("relations"));
        Law.WriteTo(writer.Scope("score_law"));
    }
}
