using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Persistence;

namespace AnomalyKit.OneClassSvm;

/// <summary>A fitted one-class SVM as plain arrays: support vectors as the transform gives them, and their weights.</summary>
/// <remarks>
/// Weights are the coefficients that the dual was solved for, and scores are computed with them. Where νn is at most 1 they sum up to less than 1, whatever νn is, and
/// <see cref="Scale"/> makes LIBSVM's coefficients of them: so scores do not depend on how small νn is, not even by rounding.
/// </remarks>
internal sealed class OneClassSvmModel
{
    public OneClassSvmModel(KernelFunction function, double[] origin, float[] supportVectors, double[] weights, int[] supportRows, FitSummary solved, double scale)
    {
        Function = function;
        Origin = origin;
        SupportVectors = supportVectors;
        Weights = weights;
        SupportRows = supportRows;
        Solved = solved;
        Scale = scale;
        Summary = solved.Times(scale);
        Coefficients = scale == 1 ? weights : [.. weights.Select(weight => weight * scale)];
    }

    public KernelFunction Function { get; }

    /// <summary>What is subtracted from each column: the training rows' mean where distances are computed, zeros else.</summary>
    public double[] Origin { get; }

    public int Columns => Origin.Length;

    /// <summary>Row-major, as many rows as there are coefficients.</summary>
    public float[] SupportVectors { get; }

    public double[] Weights { get; }

    /// <summary>What weights are multiplied by to be coefficients; 1 where νn is above 1.</summary>
    public double Scale { get; }

    /// <summary>LIBSVM's coefficients: they sum up to νn.</summary>
    public double[] Coefficients { get; }

    /// <summary>The training rows that the support vectors are; empty where they are landmarks of an approximation.</summary>
    public int[] SupportRows { get; }

    /// <summary>How the fit ended, for the weights.</summary>
    public FitSummary Solved { get; }

    /// <summary>How the fit ended, for the coefficients.</summary>
    public FitSummary Summary { get; }

    public bool IsApproximate => SupportRows.Length != Weights.Length;

    /// <summary>The score of a row, given its weighted sum of kernel values.</summary>
    public float ScoreOf(double sum) => (float)Math.Clamp((Solved.Rho - sum) / Solved.CoefficientSum, float.MinValue, float.MaxValue);

    public static OneClassSvmModel Read(ModelReader reader, int columns)
    {
        var kernel = reader.Scope("kernel");
        double gamma = kernel.GetDouble("gamma");
        if (!(gamma > 0 && double.IsFinite(gamma)))
            throw ModelReader.FormatError("the factor of its kernel is not above zero");
        double coef0 = kernel.GetDouble("coef0");
        if (!float.IsFinite((float)coef0))
            throw ModelReader.FormatError("the constant of its kernel is not finite");
        var function = new KernelFunction(
            (SvmKernelKind)kernel.GetInt32("kind", (int)SvmKernelKind.Rbf, (int)SvmKernelKind.Sigmoid),
            gamma,
            kernel.GetInt32("degree", 1, 100),
            coef0);
        double[] origin = reader.GetDoubles("origin", columns);
        double[] coefficients = reader.GetDoubles("coefficients", -1);
        if (coefficients.Length == 0)
            throw ModelReader.FormatError("it has no support vectors");
        if (!PointPanels.Fit(coefficients.Length, columns))
            throw ModelReader.FormatError($"it has {coefficients.Length} support vectors of {columns} columns, more than fit one array");
        double sum = reader.GetDouble("coefficient_sum");
        double rho = reader.GetDouble("rho");
        if (!(sum > 0 && double.IsFinite(sum) && double.IsFinite(rho)))
            throw ModelReader.FormatError("the sum of its coefficients or its boundary is not finite");
        double scale = reader.TryGetString("scale", out _) ? reader.GetDouble("scale") : 1;
        if (!(scale > 0 && double.IsFinite(scale)))
            throw ModelReader.FormatError("the scale of its coefficients is not above zero");
        int[] rows = reader.GetInt32s("support_rows", 0, int.MaxValue, -1);
        if (rows.Length != 0 && rows.Length != coefficients.Length)
            throw ModelReader.FormatError($"it names {rows.Length} rows for {coefficients.Length} support vectors");
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1])
                throw ModelReader.FormatError("the rows of its support vectors do not ascend");
        }

        if (rows.Length != 0)
        {
            foreach (double coefficient in coefficients)
            {
                // At most 1, or the weight of the row, which the file does not hold.
                if (!(coefficient > 0 && double.IsFinite(coefficient)))
                    throw ModelReader.FormatError("a coefficient of an exact fit is not a finite number above 0");
            }

            if (Math.Abs(coefficients.Sum() - sum) > 1e-6 * sum)
                throw ModelReader.FormatError($"its coefficients do not sum up to {sum}");
        }

        double objective = reader.GetDouble("objective");
        double violation = reader.GetDouble("violation");
        string steps = reader.GetString("steps");
        if (!long.TryParse(steps, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long count))
            throw ModelReader.FormatError($"its count of steps is '{steps}'");
        return new OneClassSvmModel(
            function,
            origin,
            reader.GetSingles("support_vectors", coefficients.Length, columns),
            coefficients,
            rows,
            new FitSummary(sum, rho, objective, violation, count, reader.GetInt32("converged", 0, 1) == 1),
            scale);
    }

    public void WriteTo(ModelWriter writer)
    {
        var kernel = writer.Scope("kernel");
        kernel.Set("kind", (int)Function.Kind);
        kernel.Set("gamma", Function.Gamma);
        kernel.Set("degree", Function.Degree);
        kernel.Set("coef0", Function.Coef0);
        writer.Add("origin", Origin.AsMemory());
        writer.Add("coefficients", Weights.AsMemory());
        writer.Add("support_vectors", SupportVectors.AsMemory(), Weights.Length, Columns);
        writer.Add("support_rows", SupportRows.AsMemory());
        writer.Set("rho", Solved.Rho);
        writer.Set("coefficient_sum", Solved.CoefficientSum);
        if (Scale != 1)
            writer.Set("scale", Scale);
        writer.Set("objective", Solved.Objective);
        writer.Set("violation", Solved.Violation);
        writer.Set("steps", Solved.Steps);
        writer.Set("converged", Solved.Converged ? 1 : 0);
    }
}
