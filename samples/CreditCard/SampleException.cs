namespace AnomalyKit.Samples.CreditCard;

/// <summary>Something that the person at the command line can put right: the message says what and how, and is all that is shown.</summary>
internal sealed class SampleException : Exception
{
    public SampleException(string message)
        : base(message)
    {
    }

    public SampleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
