namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Printed by make_sklearn_golden.py: the least log determinants that scikit-learn 1.2.1's MinCovDet reaches over ten seeds.</summary>
internal static class SklearnGolden
{
    /// <summary>Set, support fraction, rows of the subset, log determinant of its covariance (divided by the count).</summary>
    public static TheoryData<string, double, int, double> Objectives { get; } = new()
    {
        { "Clean", 0.5, 100, -3.68463259781 },
        { "Clean", 0.75, 150, -2.15917674957 },
        { "Clean", 0.9, 180, -1.34527528108 },
        { "Shifted", 0.5, 150, -3.05985508782 },
        { "Shifted", 0.75, 225, -0.899824235279 },
        { "Shifted", 0.9, 270, 1.93647886175 },
        { "Tails", 0.5, 125, 0.126215726204 },
        { "Tails", 0.75, 187, 3.24057864359 },
        { "Tails", 0.9, 225, 5.47974915957 },
        { "Small", 0.5, 20, -2.28642573419 },
        { "Small", 0.75, 30, 0.372500748515 },
        { "Small", 0.9, 36, 2.67959589229 },
        { "Many", 0.5, 450, 1.94739294726 },
        { "Many", 0.75, 675, 6.7582363619 },
        { "Many", 0.9, 810, 10.7440863854 },
        { "Wide", 0.5, 200, -1.30486217787 },
        { "Wide", 0.75, 300, 27.389144097 },
        { "Wide", 0.9, 360, 49.6594715377 },
    };

    /// <summary>x, degrees of freedom, lower and upper tail of the χ² distribution (SciPy).</summary>
    public static TheoryData<double, double, double, double> ChiSquared { get; } = new()
    {
        { 0.1, 1, 0.248170365954151, 0.751829634045849 },
        { 1.0, 1, 0.682689492137086, 0.317310507862911 },
        { 30.0, 1, 0.999999956795369, 4.3204630578275e-08 },
        { 2.5, 3, 0.524708916656979, 0.475291083343021 },
        { 0.5, 10, 6.61171056103424e-06, 0.999993388289439 },
        { 30.0, 30, 0.53434629105599, 0.46565370894401 },
        { 200.0, 30, 1, 4.95273352900322e-27 },
        { 1000.0, 30, 1, 5.13143532157256e-191 },
        { 150.0, 166, 0.191842611950938, 0.808157388049062 },
        { 1e-08, 2, 4.9999999875e-09, 0.999999995 },
    };
}
