using System.Runtime.Intrinsics;

namespace AnomalyKit.LocalOutlierFactor.Metrics;

/// <summary>A metric as the loops use it: a fold over the columns' differences, to a number that grows with the distance.</summary>
/// <remarks>All folds are monotone in every argument, rounding included, so that bounds of boxes and partial folds never exceed the whole.</remarks>
internal interface IMetric
{
    static abstract float Add(float fold, float difference);

    static abstract Vector256<float> Add(Vector256<float> fold, Vector256<float> difference);

    static abstract Vector512<float> Add(Vector512<float> fold, Vector512<float> difference);

    static abstract Vector256<double> Add(Vector256<double> fold, Vector256<double> difference);

    /// <summary>The fold of two parts.</summary>
    static abstract double Join(double left, double right);

    /// <summary>The distance of a fold.</summary>
    static abstract double Distance(double fold);

    /// <summary>The fold of a distance.</summary>
    static abstract double Fold(double distance);
}
