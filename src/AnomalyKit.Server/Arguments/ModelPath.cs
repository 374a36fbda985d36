namespace AnomalyKit.Server.Arguments;

/// <summary>What <c>--models</c> names: a folder of models, or the file of one.</summary>
internal static class ModelPath
{
    public static void AddTo(Dictionary<string, string?> settings, string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
            settings[$"AnomalyDetection:Models:{Path.GetFileNameWithoutExtension(full)}:Path"] = full;
        else if (Directory.Exists(full))
            settings["AnomalyDetection:ModelFolder"] = full;
        else
            throw new ServerUsageException($"Option '{ServerArgument.Models}': there is no folder and no file '{path}'. Create the folder, or name a model file.");
    }
}
