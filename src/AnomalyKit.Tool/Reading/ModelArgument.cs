using System.CommandLine;

namespace AnomalyKit.Tool.Reading;

/// <summary>The argument MODEL.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create() => new("MODEL") { Description = "A model file that 'anomalykit fit' or a program saved." };

    /// <summary>Loads a detector of tables; one of matrices is put behind a preparation that leaves its columns as they are.</summary>
    public static TableDetector Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{path}'. 'anomalykit fit DATA --out {path}' makes one.", path);
        return DetectorFile.LoadTableDetector(path);
    }
}
