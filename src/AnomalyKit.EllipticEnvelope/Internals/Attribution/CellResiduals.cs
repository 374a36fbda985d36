namespace AnomalyKit.EllipticEnvelope;

/// <summary>How far each cell lies from what the other cells of its row lead one to expect, in conditional standard deviations: [P (x − μ)]ⱼ / √Pⱼⱼ with P = Σ⁻¹.</summary>
internal static class CellResiduals
{
    /// <summary>Measures a row.</summary>
    /// <param name="model">The envelope.</param>
    /// <param name="image">The row's image.</param>
    /// <returns>One number per column. Columns that take no part in Σ have the distance from the relation that ties them, with its sign.</returns>
    public static double[] Of(EllipticEnvelopeModel model, ReadOnlySpan<float> image)
    {
        var map = model.Map;
        var distances = new double[map.Outputs];
        for (int i = 0; i < distances.Length; i++)
        {
            for (int j = 0; j < map.InputColumns; j++)
                distances[i] += map.Weights[(j * map.Stride) + i] * (image[j] - map.Center[j]);
        }

        var residuals = new double[map.InputColumns];
        foreach (int column in model.Columns)
        {
            double slope = 0;
            double precision = 0;
            for (int i = 0; i < distances.Length; i++)
            {
                double weight = map.Weights[(column * map.Stride) + i];
                slope += weight * distances[i];
                precision += weight * weight;
            }

            residuals[column] = slope / Math.Sqrt(precision);
        }

        foreach (var relation in model.Relations.Items)
            AddBroken(relation, model.Columns, image, residuals);
        return residuals;
    }

    private static void AddBroken(LinearRelation relation, int[] kept, ReadOnlySpan<float> image, double[] residuals)
    {
        double distance = relation.Distance(image) * Math.Sign(relation.Residual(image).Residual);
        for (int i = 0; i < relation.Columns.Length; i++)
        {
            int column = relation.Columns[i];
            double signed = distance * Math.Sign(relation.Weights[i]);
            if (Array.BinarySearch(kept, column) < 0 && Math.Abs(signed) > Math.Abs(residuals[column]))
                residuals[column] = signed;
        }
    }
}
