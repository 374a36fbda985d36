namespace AnomalyKit.EllipticEnvelope;

/// <summary>Where concentration came to.</summary>
/// <param name="Ellipsoid">Mean and covariance of the last subset.</param>
/// <param name="Bound">The largest squared distance in the last subset.</param>
/// <param name="Objectives">The log determinant after each step.</param>
internal sealed record ConcentrationResult(Ellipsoid Ellipsoid, double Bound, List<double> Objectives);
