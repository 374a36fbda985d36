namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The folder of the results. A file appears in it whole or not at all: it is written beside and renamed.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string fullPath) => FullPath = fullPath;

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>Makes sure that the folder is there.</summary>
    /// <exception cref="SampleException">It cannot be made.</exception>
    public static OutputFolder Create(string path)
    {
        try
        {
            return new OutputFolder(Directory.CreateDirectory(path).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SampleException($"The output folder '{path}' cannot be made: {e.Message} Name another with --out.", e);
        }
    }

    /// <summary>The full path of a file in the folder, or in a folder within, which is made.</summary>
    public string PathOf(string name)
    {
        string path = Path.Combine(FullPath, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a file, replacing an older one.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        string path = PathOf(name);
        string beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(beside, content);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
