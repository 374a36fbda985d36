namespace AnomalyKit;

/// <summary>The checks of the columns of incoming rows, with the errors they end in.</summary>
internal static class RowChecks
{
    /// <summary>Refuses a matrix whose columns are not those that the detector was fitted on.</summary>
    public static void ThrowIfOtherColumns(FeatureSchema expected, FeatureSchema actual, string parameter)
    {
        if (ReferenceEquals(expected, actual))
            return;
        if (expected.ColumnCount != actual.ColumnCount)
        {
            throw new ArgumentException(
                $"The data has {actual.ColumnCount} columns ({actual}); the detector was fitted on {expected.ColumnCount} ({expected}). "
                + "Choose them with SelectColumns; a label column is not a feature. Name it when the file is read.",
                parameter);
        }

        if (expected.HasCategories || actual.HasCategories)
            ThrowIfOtherLevels(expected, actual, parameter);
        if (!expected.IsNamed || !actual.IsNamed)
            return;
        for (int i = 0; i < expected.ColumnCount; i++)
        {
            if (!string.Equals(expected.ColumnNames[i], actual.ColumnNames[i], StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"Column {i} of the data is '{actual.ColumnNames[i]}'; the detector was fitted on '{expected.ColumnNames[i]}' there. "
                    + "Bring the columns into the order of the detector's schema with SelectColumns.",
                    parameter);
            }
        }
    }

    /// <summary>Codes mean nothing to a column of numbers, nor numbers to a category, nor the codes of one dictionary to another.</summary>
    private static void ThrowIfOtherLevels(FeatureSchema expected, FeatureSchema actual, string parameter)
    {
        for (int i = 0; i < expected.ColumnCount; i++)
        {
            if (expected.LevelCounts[i] != actual.LevelCounts[i])
            {
                throw new ArgumentException(
                    $"Column {i} ('{actual.ColumnNames[i]}') of the data is {Kind(actual.LevelCounts[i])}; the detector was fitted on {Kind(expected.LevelCounts[i])} there. "
                    + "Make the data with the preparation that made the training rows, or state what its columns are with FeatureMatrix.WithSchema.",
                    parameter);
            }
        }

        static string Kind(int levels) => levels == 0 ? "a number" : $"a category of {levels} levels";
    }
}
