using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;
using Vector = MathNet.Numerics.LinearAlgebra.Double.Vector;

namespace AnomalyKit.Feedback.Learning;

/// <summary>
/// The most probable odds of answered rows: a Gaussian process whose mean is the prior, with logistic answers (C. E. Rasmussen, C. K. I. Williams: Gaussian Processes for Machine Learning, 2006,
/// algorithm 3.1). Newton's method with halved steps on a strictly convex loss, always from the prior: the result depends on nothing but the answers.
/// </summary>
internal sealed class AnswerFit
{
    private const double Tolerance = 1e-9;
    private const double SmallestStep = 1e-6;

    private AnswerFit(double[] coefficients, double[] curvatures, int steps, bool hasConverged, double lossBefore, double lossAfter)
    {
        Coefficients = coefficients;
        Curvatures = curvatures;
        Steps = steps;
        HasConverged = hasConverged;
        LossBefore = lossBefore;
        LossAfter = lossAfter;
    }

    /// <summary>One per answered row: what it adds, times the covariance, to the odds of any row.</summary>
    public double[] Coefficients { get; }

    /// <summary>The second derivative of each answer's loss: how much is left to learn from it.</summary>
    public double[] Curvatures { get; }

    public int Steps { get; }

    public bool HasConverged { get; }

    /// <summary>The loss of the answers under the prior, and under the fit together with its distance from the prior.</summary>
    public double LossBefore { get; }

    public double LossAfter { get; }

    public static AnswerFit Run(IReadOnlyList<AnsweredRow> rows, double[,] covariances, int maxSteps)
    {
        int count = rows.Count;
        var kernel = DenseMatrix.OfArray(covariances);
        Vector<double> change = new DenseVector(count);
        Vector<double> coefficients = new DenseVector(count);
        double before = Loss(rows, coefficients, change);
        double loss = before;
        int steps = 0;
        bool hasConverged = count == 0;
        while (!hasConverged && steps < maxSteps)
        {
            steps++;
            var direction = Newton(rows, kernel, change) - coefficients;
            var movement = Product(kernel, direction);
            double length = 1;
            double next = Loss(rows, coefficients + direction, change + movement);
            while (!(next <= loss) && length > SmallestStep)
            {
                length /= 2;
                next = Loss(rows, coefficients + (length * direction), change + (length * movement));
            }

            if (!(next <= loss))
                break;
            coefficients += length * direction;
            change += length * movement;
            hasConverged = loss - next <= Tolerance * (1 + Math.Abs(loss));
            loss = next;
        }

        return new AnswerFit(coefficients.ToArray(), Curvature(rows, change), steps, hasConverged, before, loss);
    }

    /// <summary>The coefficients that a Newton step leads to.</summary>
    private static Vector<double> Newton(IReadOnlyList<AnsweredRow> rows, Matrix<double> kernel, Vector<double> change)
    {
        double[] curvatures = Curvature(rows, change);
        var right = Vector.Build.Dense(rows.Count, i =>
            (curvatures[i] * change[i]) + (rows[i].Weight * (rows[i].Target - Probability(rows[i].Prior + change[i]))));
        var roots = Vector.Build.Dense(rows.Count, i => Math.Sqrt(curvatures[i]));
        double[] solved = roots.PointwiseMultiply(Product(kernel, right)).AsArray();
        ManagedLinearAlgebraProvider.Instance.CholeskySolveFactored(Factor(kernel, curvatures), rows.Count, solved, 1);
        return right - roots.PointwiseMultiply(Vector.Build.Dense(solved));
    }

    /// <summary>The factor of 1 + √W K √W, which is never near singular, column by column. The managed provider makes the same one whatever provider a program has chosen.</summary>
    public static double[] Factor(Matrix<double> kernel, double[] curvatures)
    {
        double[] factor = Matrix<double>.Build
            .Dense(curvatures.Length, curvatures.Length, (i, j) => (i == j ? 1 : 0) + (Math.Sqrt(curvatures[i]) * kernel[i, j] * Math.Sqrt(curvatures[j])))
            .AsColumnMajorArray();
        ManagedLinearAlgebraProvider.Instance.CholeskyFactor(factor, curvatures.Length);
        return factor;
    }

    public static double Probability(double odds) => 1 / (1 + Math.Exp(-odds));

    /// <summary>In a fixed order, whatever provider of linear algebra a program has chosen.</summary>
    private static Vector<double> Product(Matrix<double> kernel, Vector<double> vector) => Vector.Build.Dense(vector.Count, i =>
    {
        double sum = 0;
        for (int j = 0; j < vector.Count; j++)
            sum += kernel[i, j] * vector[j];
        return sum;
    });

    private static double[] Curvature(IReadOnlyList<AnsweredRow> rows, Vector<double> change)
    {
        var curvatures = new double[rows.Count];
        for (int i = 0; i < curvatures.Length; i++)
        {
            double probability = Probability(rows[i].Prior + change[i]);
            curvatures[i] = Math.Max(rows[i].Weight * probability * (1 - probability), 1e-10);
        }

        return curvatures;
    }

    private static double Loss(IReadOnlyList<AnsweredRow> rows, Vector<double> coefficients, Vector<double> change)
    {
        double loss = 0;
        for (int i = 0; i < rows.Count; i++)
            loss += coefficients[i] * change[i];
        loss *= 0.5;
        for (int i = 0; i < rows.Count; i++)
        {
            double odds = rows[i].Prior + change[i];
            double normal = odds > 0 ? odds + Math.Log(1 + Math.Exp(-odds)) : Math.Log(1 + Math.Exp(odds));
            loss += rows[i].Weight * (normal - (rows[i].Target * odds));
        }

        return loss;
    }
}
