namespace AnomalyKit;

/// <summary>Interquartile range to 1. Where the quartiles coincide the scale is 1, as in scikit-learn.</summary>
internal sealed record QuartileScaling : RobustScaling
{
    protected override double Tail => 0.25;

    public override string ToString() => "robust";

    public override string? ToText() => "robust";

    protected override double ScaleOfTied(float least, float greatest) => 1;
}
