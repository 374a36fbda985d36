namespace AnomalyKit.Dashboard.Tables;

/// <summary>Says what is wrong with an uploaded file in words of its viewer, who knows neither the host's paths nor options of C#.</summary>
internal static class UploadErrors
{
    /// <summary>The error with the viewer's name of the file.</summary>
    /// <param name="error">What reading the file ended with.</param>
    /// <param name="path">Where the host keeps it.</param>
    /// <param name="fileName">The viewer's name of it.</param>
    public static TableDataException Of(TableDataException error, string path, string fileName)
    {
        string kept = Path.GetFileName(path);
        // The viewer's name of the file comes last: it may hold what looks like an option.
        string message = CsvFieldWords.Translate(error.Message, fileName)
            .Replace($"{path}: {kept}", fileName, StringComparison.Ordinal)
            .Replace(path, fileName, StringComparison.Ordinal)
            .Replace(kept, fileName, StringComparison.Ordinal);
        return new TableDataException(message, error.Row, error.ColumnName, error);
    }
}
