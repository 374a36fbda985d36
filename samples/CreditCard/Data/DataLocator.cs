namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>Finds the file to read, where there is one.</summary>
/// <param name="workingDirectory">The folder from which the program was started.</param>
/// <param name="programDirectory">The folder in which the program lies: the repository is looked for above it.</param>
/// <param name="environmentVariable">Reads an environment variable.</param>
internal sealed class DataLocator(string workingDirectory, string programDirectory, Func<string, string?> environmentVariable)
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "CREDITCARD_CSV";

    /// <summary>Looks where this process runs.</summary>
    public static DataLocator ForThisProcess() =>
        new(Directory.GetCurrentDirectory(), AppContext.BaseDirectory, Environment.GetEnvironmentVariable);

    /// <summary>
    /// The file: the given one, else that of <see cref="Variable"/>, else <c>creditcard.csv</c> or <c>creditcard.csv.gz</c> in the working directory,
    /// else <c>../shared/data/creditcard.csv.gz</c> beside the working directory or the repository; else null.
    /// </summary>
    /// <exception cref="SampleException">A file that was named is not there.</exception>
    public string? Find(string? given)
    {
        if (!string.IsNullOrEmpty(given))
            return Named(given, "--data");
        if (environmentVariable(Variable) is { Length: > 0 } named)
            return Named(named, $"the environment variable {Variable}");
        return Customary().FirstOrDefault(File.Exists);
    }

    private string Named(string path, string origin)
    {
        string full = Path.GetFullPath(path, workingDirectory);
        return File.Exists(full) ? full : throw new SampleException(
            $"The file '{path}' that {origin} names is not there (looked for {full}). Correct the path, or leave it out to use what is found.");
    }

    private IEnumerable<string> Customary()
    {
        yield return Path.Combine(workingDirectory, "creditcard.csv");
        yield return Path.Combine(workingDirectory, "creditcard.csv.gz");
        yield return BesideShared(workingDirectory);
        if (Repository() is { } repository)
            yield return BesideShared(repository);
    }

    private static string BesideShared(string directory) => Path.GetFullPath(Path.Combine(directory, "..", "shared", "data", "creditcard.csv.gz"));

    private string? Repository()
    {
        for (var directory = new DirectoryInfo(programDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "AnomalyKit.sln")))
                return directory.FullName;
        }

        return null;
    }
}
