using System.IO.Compression;

namespace AnomalyKit.Quality;

/// <summary>A data set of the folder: <c>NAME.csv.gz</c>, features and then a column <c>label</c>.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Path">The file.</param>
internal sealed record QualitySet(string Name, string Path)
{
    private const string Ending = ".csv.gz";
    private const string LabelColumn = "label";

    /// <summary>The sets of a folder, in the order of their names (and of the numbers in front of them).</summary>
    /// <exception cref="QualityException">There is no such folder, or no set in it.</exception>
    public static IReadOnlyList<QualitySet> Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new QualityException($"There is no folder '{folder}'.");
        QualitySet[] sets =
        [
            .. Directory.EnumerateFiles(folder, "*" + Ending)
                .Select(path => new QualitySet(System.IO.Path.GetFileName(path)[..^Ending.Length], path))
                .OrderBy(set => set.LeadingNumber())
                .ThenBy(set => set.Name, StringComparer.Ordinal),
        ];
        return sets.Length > 0 ? sets : throw new QualityException($"The folder '{folder}' holds no NAME{Ending}.");
    }

    /// <summary>Reads the set.</summary>
    /// <exception cref="QualityException">The last column is no label.</exception>
    public FeatureMatrix Load(CancellationToken cancellationToken)
    {
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(Path), CompressionMode.Decompress)))
        {
            string last = (reader.ReadLine() ?? "").Split(',')[^1].Trim().Trim('"');
            if (last != LabelColumn)
                throw new QualityException($"The last column is '{last}'; it must be '{LabelColumn}', 1 = anomaly.");
        }

        return FeatureMatrix.LoadCsv(Path, LabelColumn, cancellationToken: cancellationToken);
    }

    private int LeadingNumber()
    {
        int digits = Name.TakeWhile(char.IsAsciiDigit).Count();
        return int.TryParse(Name[..digits], out int number) ? number : int.MaxValue;
    }
}
