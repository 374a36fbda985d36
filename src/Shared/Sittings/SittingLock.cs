namespace AnomalyKit.Files;

/// <summary>Keeps a second sitting away from a session: each would replace the other's answers. A file beside that of the session, gone in the end; of one that was left behind by a crash the system lets go.</summary>
internal static class SittingLock
{
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = 32;

    /// <param name="path">The session's file.</param>
    /// <returns>What is disposed when the sitting ends.</returns>
    /// <exception cref="InvalidOperationException">Another sitting has the session.</exception>
    public static IDisposable Take(string path)
    {
        string place = $"{FilePlace.Target(path)}.lock";
        try
        {
            return new FileStream(place, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) is LinuxHeld or MacHeld or WindowsHeld)
        {
            throw new InvalidOperationException($"Another review is asking about the session '{path}' (it holds '{place}'). Wait for its end, or give another file with --session.", exception);
        }
    }
}
