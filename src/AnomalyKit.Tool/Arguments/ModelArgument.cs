using System.CommandLine;
using AnomalyKit.Server.Arguments;

namespace AnomalyKit.Tool.Arguments;

/// <summary>The argument MODEL.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("MODEL") { Description = "A model file that 'anomalykit fit' or a program saved." };
        argument.Validators.Add(PathArgument.RefuseOptions);
        return argument;
    }

    /// <summary>Whether a file is a model, by its first bytes.</summary>
    public static bool IsModel(string path) => ModelHead.IsModel(path);

    /// <summary>Loads a detector of tables.</summary>
    public static TableDetector Load(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder, but a model is a file. The order of the arguments is MODEL DATA.");
        if (File.Exists(path) && !IsModel(path) && TableFiles.FormatOf(path) is not null)
            throw new IOException($"'{path}' is a table, not a model. The order is MODEL DATA.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{path}'. 'anomalykit fit DATA --out {path}' makes one.", path);
        return FeedbackFile.LoadTableDetector(path);
    }
}
