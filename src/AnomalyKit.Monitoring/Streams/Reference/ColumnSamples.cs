namespace AnomalyKit.Monitoring.Reference;

/// <summary>Reference samples of the columns of a matrix; missing cells are left out.</summary>
internal static class ColumnSamples
{
    public static ReferenceSample[] Of(FeatureMatrix rows)
    {
        var samples = new ReferenceSample[rows.ColumnCount];
        var column = new double[rows.RowCount];
        for (int c = 0; c < samples.Length; c++)
        {
            double offset = rows.Schema.ColumnOffsets[c];
            int known = 0;
            for (int row = 0; row < rows.RowCount; row++)
            {
                double value = rows.Cells(row)[c] + offset;
                if (!double.IsNaN(value))
                    column[known++] = value;
            }

            if (known < 2)
            {
                throw new ArgumentException(
                    $"Column '{rows.Schema.ColumnNames[c]}' has {known} known values in the reference rows; at least 2 are needed. Leave the column out.", nameof(rows));
            }

            samples[c] = new ReferenceSample(column.AsSpan(0, known));
        }

        return samples;
    }
}
