using System.Text.Json;

namespace AnomalyKit.Json;

/// <summary>What is wrong with a text of JSON, in words: readers count lines and bytes from 0, and append both as names and numbers.</summary>
internal static class JsonFault
{
    private static readonly string[] Appended = [" Path: ", " LineNumber: "];

    /// <summary>The fault, without a full stop.</summary>
    /// <param name="exception">What the reader threw.</param>
    /// <param name="namesLine">Whether the text may have several lines.</param>
    /// <returns>For example <c>'x' is an invalid start of a value (line 1, byte 2)</c>.</returns>
    public static string Of(JsonException exception, bool namesLine = true)
    {
        string message = exception.Message;
        foreach (string appended in Appended)
        {
            if (message.LastIndexOf(appended, StringComparison.Ordinal) is >= 0 and int at)
                message = message[..at];
        }

        message = message.TrimEnd('.');
        if (exception is not { LineNumber: { } line, BytePositionInLine: { } position })
            return message;
        return namesLine ? FormattableString.Invariant($"{message} (line {line + 1}, byte {position + 1})") : FormattableString.Invariant($"{message} (byte {position + 1} of the line)");
    }
}
