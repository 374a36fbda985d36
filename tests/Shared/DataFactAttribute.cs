namespace AnomalyKit.Tests;

/// <summary>A test on a data file that the repository does not hold: skipped, with the reason, where the file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute : Xunit.FactAttribute
{
    /// <summary>Declares a test on a file of the data folder, for example <c>adbench/NAME.csv.gz</c>.</summary>
    public DataFactAttribute(string file)
    {
        if (DataFiles.Find(file) is null)
        {
            Skip = $"The data file '{file}' is not there. Put it into shared/data beside the repository or a folder above it"
                + $"{(DataFiles.VariableOf(file) is string variable ? $", or set {variable} to its path" : "")}.";
        }
    }
}

/// <summary>Finds data files: by an environment variable, or in <c>shared/data</c> of a folder above the tests.</summary>
internal static class DataFiles
{
    public const string CreditCard = "creditcard.csv.gz";

    /// <summary>The file's path, or nothing.</summary>
    public static string? Find(string file)
    {
        if (VariableOf(file) is string variable && Environment.GetEnvironmentVariable(variable) is string { Length: > 0 } given)
            return File.Exists(given) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    /// <summary>The environment variable that names a file's path, or nothing.</summary>
    public static string? VariableOf(string file) => file == CreditCard ? "CREDITCARD_CSV" : null;
}
