using AnomalyKit.Affine;

namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>The loops over rows that fitting and scoring spend their time in. All implementations give the same bits.</summary>
internal unsafe interface IRowKernel : IAffineKernel
{
    /// <summary>The squared length of each image.</summary>
    void SquaredLengths(double* images, int count, int stride, double* lengths);

    /// <summary>Adds Σ y yᵀ over rows of images to the lower triangle of a matrix, and Σ y to a vector.</summary>
    void AddProducts(double* images, int count, int stride, double* products, double* sums);

    /// <summary>Adds Σ (x − center) to one sum per column; where <paramref name="squared"/>, Σ (x − center)².</summary>
    void AddColumns(float* rows, int count, int columns, double* center, double* sums, bool squared);

    /// <summary>Slopes = Wᵀ image; room for a multiple of four rows of both.</summary>
    void MapBack(BackMap map, double* images, int stride, int count, double* slopes);

    /// <summary>(row − center) · slope, cell by cell.</summary>
    void Products(float* rows, int count, int columns, double* center, double* slopes, int stride, double* products);
}
