using Microsoft.Win32.SafeHandles;

namespace AnomalyKit.Tool.Output;

/// <summary>Standard output as a stream that says when nobody reads any more.</summary>
internal static class StandardOutput
{
    private const int BufferBytes = 1 << 16;

    public static Stream Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The console's own stream goes on in silence when a pipe is closed. A file keeps it: others may write behind us, and it leaves the position to the system.
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, BufferBytes);
            if (!pipe.CanSeek)
                return pipe;
        }

        return new BufferedStream(Console.OpenStandardOutput(), BufferBytes);
    }
}
