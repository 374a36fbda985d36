namespace AnomalyKit.Benchmarks.Data;

/// <summary>The public credit-card data, where it is there: the environment variable CREDITCARD_CSV, or shared/data beside the repository.</summary>
internal static class CreditCardRows
{
    public const int Rows = 284_807;
    public const int Columns = 30;
    public const long TextBytes = 150_106_291;

    private const string FileName = "creditcard.csv.gz";

    /// <summary>The file, or nothing.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CREDITCARD_CSV") is { Length: > 0 } given)
            return File.Exists(given) ? Path.GetFullPath(given) : null;
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "shared", "data", FileName);
                if (File.Exists(path))
                    return path;
            }
        }

        return null;
    }

    /// <summary>The real rows, or as many made-up ones of the same shape.</summary>
    public static FeatureMatrix LoadOrCreate() => Find() is { } path
        ? FeatureMatrix.LoadCsv(path, "Class")
        : SyntheticRows.Create(Rows, Columns);
}
