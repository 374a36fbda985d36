namespace AnomalyKit.Tool.Running;

/// <summary>What exceptions say, without what .NET adds for programmers: the parameter, and the value in a sentence of its own.</summary>
internal static class ErrorText
{
    private const string ActualValue = "Actual value was ";

    public static string Of(Exception exception)
    {
        string message = exception.Message;
        if (exception is ArgumentOutOfRangeException { ActualValue: not null } && message.LastIndexOf(Environment.NewLine + ActualValue, StringComparison.Ordinal) is >= 0 and int at)
            message = message[..at];
        return exception is ArgumentException { ParamName: { } name } ? message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : message;
    }
}
