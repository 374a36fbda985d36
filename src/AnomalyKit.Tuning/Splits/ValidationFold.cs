namespace AnomalyKit;

/// <summary>One way to set rows aside: a detector is fitted on some of the rows, without their labels, and measured on others.</summary>
public sealed class ValidationFold
{
    private readonly int[] _training;
    private readonly int[] _heldOut;

    internal ValidationFold(int[] training, int[] heldOut)
    {
        _training = training;
        _heldOut = heldOut;
    }

    /// <summary>The zero-based rows to fit on, ascending. The anomalies among them stay, as they do in use; rows without a label are among them.</summary>
    public ReadOnlyMemory<int> TrainingRows => _training;

    /// <summary>The zero-based rows to measure on, ascending; all of them have a label, and there is at least one anomaly and one normal row.</summary>
    public ReadOnlyMemory<int> HeldOutRows => _heldOut;

    internal int[] Training => _training;

    internal int[] HeldOut => _heldOut;
}
