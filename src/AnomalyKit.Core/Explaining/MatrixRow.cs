using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>A row of values of a detector's own columns.</summary>
internal sealed class MatrixRow(IAnomalyDetector detector, double[] values) : IRowVariants
{
    private readonly FeatureSchema _schema = detector.Schema;

    public int Count => values.Length;

    public string NameOf(int column) => _schema.ColumnNames[column];

    public CellValue ValueOf(int column)
    {
        bool isCategory = _schema.LevelCounts[column] > 0;
        return new CellValue(
            isCategory ? ColumnKind.Category : ColumnKind.Number,
            values[column],
            isCategory && !double.IsNaN(values[column]) ? values[column].ToString(CultureInfo.InvariantCulture) : null);
    }

    public ColumnProfile? ProfileOf(int column) => detector.Profile is { Columns.Count: > 0 } profile ? profile.Columns[column] : null;

    public bool IsSampled => detector.Profile is { } profile && profile.SampleSize < profile.RowCount;

    public double CellOf(int column, double number) => (float)(number - _schema.ColumnOffsets[column]) + _schema.ColumnOffsets[column];

    // Codes beyond the levels are left out of the profile, so that it cannot tell.
    public bool IsUnseen(int column) => false;

    public DatePeriod? PeriodOf(int column) => null;

    public double? MeaningOf(int column, ReadOnlySpan<double> seen) => _schema.LevelCounts[column] == 0 && seen.Length > 0 ? seen[0] : null;

    public string? StandInOf(int column) => null;

    public float[] Score(IReadOnlyList<Variant> variants)
    {
        var rows = new double[variants.Count * values.Length];
        for (int i = 0; i < variants.Count; i++)
        {
            var row = rows.AsSpan(i * values.Length, values.Length);
            values.CopyTo(row);
            for (int column = 0; column < row.Length; column++)
            {
                if (variants[i].In(column) is { } value)
                    row[column] = value.Word is { } code ? double.Parse(code, CultureInfo.InvariantCulture) : value.Number;
            }
        }

        var scores = new float[variants.Count];
        detector.Score(rows, scores);
        return scores;
    }
}
