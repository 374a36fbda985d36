using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Kernels;

/// <summary>One distance at a time: the reference of the vectorised kernels.</summary>
internal sealed unsafe class PanelKernelScalar<TMetric> : IPanelKernel
    where TMetric : IMetric
{
    public void Scan(float* panel, uint valid, int first, QueryBlock* block, int* rows, int count)
    {
        float* folds = stackalloc float[TreeShape.LeafPoints];
        int dimensions = block->Dimensions;
        for (int i = 0; i < count; i++)
        {
            float* query = block->Queries + ((long)rows[i] * dimensions);
            float bound = block->Bounds[rows[i]];
            uint mask = 0;
            for (int point = 0; point < TreeShape.LeafPoints; point++)
            {
                float fold = 0;
                for (int d = 0; d < dimensions; d++)
                    fold = TMetric.Add(fold, query[d] - panel[(d * TreeShape.LeafPoints) + point]);
                folds[point] = fold;
                if (fold <= bound)
                    mask |= 1u << point;
            }

            mask &= valid;
            if (mask != 0)
                block->Append(rows[i], mask, folds, first);
        }
    }
}
