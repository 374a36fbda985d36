namespace AnomalyKit.Persistence;

/// <summary>Opens a model file, so that every error of its content names the file.</summary>
internal static class ModelPath
{
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        try
        {
            return read(stream);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"'{path}': {e.Message}", e);
        }
    }
}
