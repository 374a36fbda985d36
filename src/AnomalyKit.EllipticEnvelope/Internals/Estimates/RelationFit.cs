using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Turns the constant and collinear columns of the training rows into relations, and measures how exactly the rows keep them.</summary>
/// <remarks>
/// The covariance of the training rows has no spread in these directions, so distances in them need a scale of their own: the rounding of the cells. A relation's tolerance
/// is what the worst training row is off beyond the rounding of its own cells, so that all training rows get a distance of exactly 0. Without constant and collinear
/// columns no row is looked at.
/// </remarks>
internal static class RelationFit
{
    private const int BlockRows = 4096;

    // A weight this far below the column's own moves nothing beyond rounding.
    private const double LeastWeight = 1.0 / (1 << 27);

    public static LinearRelations Of(ClassicalEstimate classical, ScatterPass pass)
    {
        var rows = pass.Rows;
        var constant = classical.ConstantColumns.Select(column => Constant(column, classical.Mean[column]));
        LinearRelation[] collinear = [.. classical.CollinearColumns.Select(column => Collinear(column, classical))];
        if (collinear.Length > 0)
            Measure(collinear, pass);
        return new LinearRelations(rows.ColumnCount, constant.Concat(collinear).OrderBy(relation => relation.Columns[^1]));
    }

    private static LinearRelation Constant(int column, double value) =>
        new([column], [1], value, 0, Math.Min(1, LinearRelation.RoundingFraction * (value == 0 ? 1 : Math.Abs(value))));

    private static LinearRelation Collinear(CollinearColumn column, ClassicalEstimate classical)
    {
        var terms = new List<(int Column, double Weight)> { (column.Column, 1) };
        for (int k = 0; k < column.Earlier.Length; k++)
        {
            if (Math.Abs(column.Weights[k]) > LeastWeight)
                terms.Add((column.Earlier[k], -column.Weights[k]));
        }

        (int Column, double Weight)[] ordered = [.. terms.OrderBy(term => term.Column).Select(term => (term.Column, term.Weight / classical.Deviation[term.Column]))];
        int[] columns = [.. ordered.Select(term => term.Column)];
        double[] weights = [.. ordered.Select(term => term.Weight)];
        return new LinearRelation(columns, weights, ordered.Sum(term => term.Weight * classical.Mean[term.Column]), 0, 1);
    }

    private static void Measure(LinearRelation[] relations, ScatterPass pass)
    {
        var rows = pass.Rows;
        int columns = rows.ColumnCount;
        int blocks = Blocks.Count(rows.RowCount, BlockRows);
        var partial = new Extent[blocks][];
        ParallelBlocks.For(
            blocks,
            pass.Threads,
            block =>
            {
                var extents = new Extent[relations.Length];
                int end = (int)Math.Min(rows.RowCount, (block + 1L) * BlockRows);
                for (int row = block * BlockRows; row < end;)
                {
                    pass.CancellationToken.ThrowIfCancellationRequested();
                    var cells = rows.ContiguousCells(row, Math.Min(64, end - row));
                    for (int start = 0; start < cells.Length; start += columns)
                    {
                        double weight = rows.HasWeights ? rows.Weights.Span[row + (start / columns)] : 1;
                        for (int i = 0; i < relations.Length; i++)
                        {
                            var (residual, magnitude) = relations[i].Residual(cells.Slice(start, columns));
                            extents[i].Add(residual, LinearRelation.RoundingFraction * magnitude, weight);
                        }
                    }

                    row += cells.Length / columns;
                }

                partial[block] = extents;
            },
            pass.CancellationToken);

        for (int i = 0; i < relations.Length; i++)
        {
            var total = new Extent();
            foreach (var extents in partial)
                total.Merge(extents[i]);
            relations[i] = relations[i].With(total.Excess, Math.Min(1, Math.Sqrt(Math.Max(total.Residuals, total.Roundings) / pass.Total)));
        }
    }

    /// <summary>How far rows are off a relation.</summary>
    private struct Extent
    {
        /// <summary>The most that a row is off beyond the rounding of its cells.</summary>
        public double Excess;

        /// <summary>The sum of the squared residuals.</summary>
        public double Residuals;

        /// <summary>The sum of the squared roundings.</summary>
        public double Roundings;

        public void Add(double residual, double rounding, double weight)
        {
            Excess = Math.Max(Excess, Math.Abs(residual) - rounding);
            Residuals += weight * residual * residual;
            Roundings += weight * rounding * rounding;
        }

        public void Merge(Extent other)
        {
            Excess = Math.Max(Excess, other.Excess);
            Residuals += other.Residuals;
            Roundings += other.Roundings;
        }
    }
}
