using AnomalyKit.Ensemble;

namespace AnomalyKit;

/// <summary>A fitted member of an ensemble.</summary>
public sealed class FittedMember
{
    internal FittedMember(string name, IAnomalyDetector detector, ScoreCalibrator? calibrator, double weight, MemberTail? tail = null)
    {
        Name = name;
        Detector = detector;
        Calibrator = calibrator;
        Weight = weight;
        Tail = tail;
    }

    /// <summary>How the member is called.</summary>
    public string Name { get; }

    /// <summary>The member itself: complete, with its own scaling and threshold.</summary>
    public IAnomalyDetector Detector { get; }

    /// <summary>What brings its scores to the ensemble's scale; null where they are taken as they are.</summary>
    public ScoreCalibrator? Calibrator { get; }

    /// <summary>Its share of the weights of all members: from 0 to 1.</summary>
    public double Weight { get; }

    /// <summary>The tail of its training scores, where the combiner needs it and there is one.</summary>
    internal MemberTail? Tail { get; }

    /// <summary>Its name, kind and weight.</summary>
    /// <returns>For example <c>forest (isolation-forest), weight 0.25</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Detector.Info.Kind}), weight {Weight:0.###}");
}
