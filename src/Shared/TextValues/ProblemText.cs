namespace AnomalyKit.TextValues;

/// <summary>What an exception says about an option, in one line and without the runtime's own additions.</summary>
internal static class ProblemText
{
    public static string Of(Exception problem)
    {
        string message = problem.Message;
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        if (end >= 0)
            message = message[..end];
        // ArgumentException appends the parameter in the language of the runtime's resources.
        if (problem is ArgumentException { ParamName: { Length: > 0 } name } && message.LastIndexOf(" (", StringComparison.Ordinal) is var added and > 0
            && message.AsSpan(added).Contains($"'{name}'", StringComparison.Ordinal))
        {
            message = message[..added];
        }

        return message.EndsWith('.') || message.EndsWith('?') ? message : message + ".";
    }
}
