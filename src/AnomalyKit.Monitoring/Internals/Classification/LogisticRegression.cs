using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace AnomalyKit.Monitoring.Classification;

/// <summary>A logistic regression with a ridge penalty, fitted by Newton's method with halved steps.</summary>
internal sealed class LogisticRegression
{
    private const int MaxSteps = 30;

    private LogisticRegression(double intercept, double[] weights)
    {
        Intercept = intercept;
        Weights = weights;
    }

    public double Intercept { get; }

    public double[] Weights { get; }

    /// <param name="rows">Features of moderate size, at least one row.</param>
    /// <param name="answers">What to tell; some of both.</param>
    /// <param name="ridge">The penalty on squared weights, above 0; the intercept has none.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    public static LogisticRegression Fit(double[][] rows, bool[] answers, double ridge, CancellationToken cancellationToken)
    {
        int size = rows[0].Length + 1;
        var weights = new double[size];
        double loss = Loss(rows, answers, weights, ridge);
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (gradient, curvature) = Derivatives(rows, answers, weights, ridge);
            double[] direction = curvature.Cholesky().Solve(gradient).ToArray();
            double length = 1;
            double[] next;
            double nextLoss;
            do
            {
                next = [.. weights.Select((weight, i) => weight - (length * direction[i]))];
                nextLoss = Loss(rows, answers, next, ridge);
                length /= 2;
            }
            while (!(nextLoss <= loss) && length > 1e-6);
            if (!(nextLoss < loss - (1e-10 * Math.Abs(loss))))
                break;
            (weights, loss) = (next, nextLoss);
        }

        return new LogisticRegression(weights[0], weights[1..]);
    }

    /// <summary>The logarithm of the odds that the answer is yes.</summary>
    public double Score(double[] row)
    {
        double sum = Intercept;
        for (int i = 0; i < row.Length; i++)
            sum += Weights[i] * row[i];
        return sum;
    }

    private static double Loss(double[][] rows, bool[] answers, double[] weights, double ridge)
    {
        double loss = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double score = Linear(rows[i], weights);
            double margin = answers[i] ? score : -score;
            loss += margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
        }

        for (int i = 1; i < weights.Length; i++)
            loss += ridge / 2 * weights[i] * weights[i];
        return loss;
    }

    private static (Vector<double> Gradient, Matrix<double> Curvature) Derivatives(double[][] rows, bool[] answers, double[] weights, double ridge)
    {
        int size = weights.Length;
        var gradient = new double[size];
        // Column after column, the upper triangle: the other one is its mirror.
        var curvature = new double[size * size];
        var row = new double[size];
        row[0] = 1;
        for (int r = 0; r < rows.Length; r++)
        {
            rows[r].CopyTo(row, 1);
            double p = 1 / (1 + Math.Exp(-Linear(rows[r], weights)));
            double error = p - (answers[r] ? 1 : 0);
            double spread = Math.Max(p * (1 - p), 1e-10);
            for (int i = 0; i < size; i++)
            {
                gradient[i] += error * row[i];
                double part = spread * row[i];
                for (int j = i; j < size; j++)
                    curvature[(j * size) + i] += part * row[j];
            }
        }

        for (int i = 0; i < size; i++)
        {
            if (i > 0)
                gradient[i] += ridge * weights[i];
            curvature[(i * size) + i] += i > 0 ? ridge : 1e-9;
            for (int j = i + 1; j < size; j++)
                curvature[(i * size) + j] = curvature[(j * size) + i];
        }

        return (new DenseVector(gradient), new DenseMatrix(size, size, curvature));
    }

    private static double Linear(double[] row, double[] weights)
    {
        double sum = weights[0];
        for (int i = 0; i < row.Length; i++)
            sum += weights[i + 1] * row[i];
        return sum;
    }
}
