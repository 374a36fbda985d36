namespace AnomalyKit.Parquet.Files;

/// <summary>One file of a data set.</summary>
/// <param name="Name">The path, or <c>The stream</c>.</param>
/// <param name="Partitions">The values that its folders name, still as text; <see langword="null"/> for the folder that stands for missing.</param>
/// <param name="Open">Opens it.</param>
internal sealed record PartFile(string Name, IReadOnlyList<KeyValuePair<string, string?>> Partitions, Func<SourceStream> Open)
{
    /// <summary>A file on disk.</summary>
    public static PartFile At(string path, IReadOnlyList<KeyValuePair<string, string?>> partitions) => new(
        path, partitions, () => new SourceStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), leaveOpen: false));
}
