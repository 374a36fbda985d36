using System.Text;

namespace AnomalyKit.Tool.Output;

/// <summary>Standard error, which may be closed or on a full disk: what was to be said is lost, and the work goes on.</summary>
internal sealed class StandardError : TextWriter
{
    private readonly TextWriter? _inner = Open();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Try(() => _inner?.Write(value));

    public override void Write(string? value) => Try(() => _inner?.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => _inner?.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => _inner?.WriteLine(value));

    public override void Flush() => Try(() => _inner?.Flush());

    private static TextWriter? Open()
    {
        try
        {
            return Console.Error;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to say it.
        }
    }
}
