using System.CommandLine;
using AnomalyKit.Persistence;

namespace AnomalyKit.Tool.Reading;

/// <summary>The argument MODEL.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("MODEL") { Description = "A model file that 'anomalykit fit' or a program saved." };
        argument.Validators.Add(PathArgument.RefuseOptions);
        return argument;
    }

    /// <summary>Loads a detector of tables.</summary>
    public static TableDetector Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{path}'. 'anomalykit fit DATA --out {path}' makes one.", path);
        try
        {
            return DetectorFile.LoadTableDetector(path);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"'{path}': {e.Message}", e);
        }
    }
}
